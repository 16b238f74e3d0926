"""What an operator sets about signing in, and what claims then mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings, SettingsError
from bot.staff.accounts import Staff, StaffRole
from bot.staff.sign_in_settings import (
    ClaimMapping,
    Place,
    SecondFactorRule,
    SignInSettings,
    UnknownPersonError,
)

PROVIDER = {
    "ADEMPAUZE_OIDC_ISSUER": "https://login.ede.example",
    "ADEMPAUZE_OIDC_CLIENT_ID": "adempauze",
    "ADEMPAUZE_OIDC_CLIENT_SECRET": "geheim",
}


def official(name: str) -> str | None:
    return {"ede": "Ede", "assen": "Assen"}.get(name.casefold())


class TestSettings:
    def test_by_default_everybody_has_a_second_factor_and_there_is_no_provider(self, tmp_path):
        found = Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path)}).sign_in
        assert found == SignInSettings() == SignInSettings(SecondFactorRule.ALL, None, 730)

    def test_everything_can_be_set(self, tmp_path):
        environment = {
            "ADEMPAUZE_DATA": str(tmp_path),
            "ADEMPAUZE_SECOND_FACTOR": "admins",
            "ADEMPAUZE_AUDIT_DAYS": "3650",
            "ADEMPAUZE_OIDC_MAPPING": "municipality=Ede",
            "ADEMPAUZE_OIDC_ACR": "loa3, loa4",
            "ADEMPAUZE_OIDC_AMR": "mfa",
            **PROVIDER,
        }
        found = Settings.from_environment(environment).sign_in
        assert (found.second_factor, found.audit_days) == (SecondFactorRule.ADMINS, 3650)
        assert (found.provider.levels, found.provider.methods) == (("loa3", "loa4"), ("mfa",))
        assert (found.provider.issuer, found.provider.mapping.municipality) == ("https://login.ede.example", "Ede")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"ADEMPAUZE_SECOND_FACTOR": "yes"},
            {"ADEMPAUZE_AUDIT_DAYS": "179"},
            {"ADEMPAUZE_AUDIT_DAYS": "twee jaar"},
            {**PROVIDER, "ADEMPAUZE_OIDC_ISSUER": "http://login.ede.example"},
            {**PROVIDER, "ADEMPAUZE_OIDC_ISSUER": "login.ede.example"},
            {**PROVIDER, "ADEMPAUZE_OIDC_CLIENT_SECRET": ""},
            {**PROVIDER, "ADEMPAUZE_OIDC_MAPPING": "boss=everyone"},
            {**PROVIDER, "ADEMPAUZE_OIDC_MAPPING": "role"},
            {**PROVIDER, "ADEMPAUZE_OIDC_MAPPING": "role=a; role=b"},
        ],
    )
    def test_a_wrong_value_stops_the_start_and_is_named_without_the_secret(self, tmp_path, wrong):
        with pytest.raises(SettingsError, match="ADEMPAUZE_") as refused:
            Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path), **wrong})
        assert "geheim" not in str(refused.value)

    @pytest.mark.parametrize("rule", SecondFactorRule)
    @pytest.mark.parametrize("role", StaffRole)
    def test_whom_it_obliges(self, rule, role):
        obliged = rule is SecondFactorRule.ALL or (rule is SecondFactorRule.ADMINS and role is StaffRole.ADMIN)
        assert rule.obliges(Staff(1, "Petra", "petra@ede.example", role)) is obliged


class TestClaims:
    def test_by_default_claims_carry_our_own_words(self):
        claims = {"roles": ["coordinator"], "municipality": "ede", "team": "Noord"}
        assert ClaimMapping().place(claims, official) == Place(StaffRole.COORDINATOR, "Ede", "Noord")

    def test_a_claim_may_lie_deeper_or_have_dots_in_its_name(self):
        mapping = ClaimMapping.parse("role=realm_access.roles; admin=baas, chef; municipality=all")
        for claims in ({"realm_access": {"roles": ["chef"]}}, {"realm_access.roles": "baas"}):
            assert mapping.place(claims, official) == Place(StaffRole.ADMIN, None, None)

    def test_of_several_roles_the_first_that_was_written_counts(self):
        claims = {"roles": ["a", "b"], "municipality": "Ede"}
        for text, role in (("auditor=a; admin=b", StaffRole.AUDITOR), ("admin=b; auditor=a", StaffRole.ADMIN)):
            assert ClaimMapping.parse(text).place(claims, official).role is role

    @pytest.mark.parametrize("claims", [{}, {"municipality": ""}, {"municipality": ["Nergens"]}, {"municipality": 7}])
    def test_a_municipality_that_is_not_said_is_not_every_municipality(self, claims):
        with pytest.raises(UnknownPersonError) as refused:
            ClaimMapping().place({"roles": "admin", **claims}, official)
        assert refused.value.code == "municipality"

    def test_one_municipality_for_everybody(self):
        assert ClaimMapping.parse("municipality=Assen").place({"roles": "editor"}, official).municipality == "Assen"

    @given(
        st.recursive(st.none() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one))
    )
    def test_whatever_a_provider_says_only_a_role_of_the_mapping_comes_in(self, said):
        mapping = ClaimMapping.parse("role=a.b; coordinator=wmo; municipality=all")
        allowed = said == "wmo" or (isinstance(said, list) and "wmo" in said)
        try:
            assert mapping.place({"a": {"b": said}}, official).role is StaffRole.COORDINATOR
            assert allowed
        except UnknownPersonError:
            assert not allowed
