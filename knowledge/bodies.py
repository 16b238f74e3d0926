"""The bodies a carer deals with: who she asked, and who sent her on."""

from __future__ import annotations

from knowledge.vocabulary import Term


class Body(Term):
    """Who can be asked for help, and can send people on to another."""

    MUNICIPALITY = "municipality", "de gemeente"
    NEIGHBOURHOOD_TEAM = "neighbourhood_team", "het wijkteam"
    CIZ = "ciz", "het CIZ"
    CARE_OFFICE = "care_office", "het zorgkantoor"
    INSURER = "insurer", "de zorgverzekeraar"
    GP = "gp", "de huisarts"
    CASE_MANAGER = "case_manager", "de casemanager"
    HOSPITAL = "hospital", "het ziekenhuis"
    HOME_CARE = "home_care", "de thuiszorg"
    PROVIDER = "provider", "de zorgaanbieder"
    MENTAL_HEALTH_CARE = "mental_health_care", "de ggz"
    SVB = "svb", "de SVB"
    YOUTH_TEAM = "youth_team", "het jeugdteam"
    VEILIG_THUIS = "veilig_thuis", "Veilig Thuis"
    UWV = "uwv", "het UWV"
    CAK = "cak", "het CAK"
    SCHOOL = "school", "de school"
    SUPPORT_CENTRE = "support_centre", "het steunpunt mantelzorg"
    RIGHT_DESK = "right_desk", "Het Juiste Loket"
