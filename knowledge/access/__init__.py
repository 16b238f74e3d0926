"""Municipal access rules (requirements section 5, "the waaier"): which roads are open where, as records.

``guide.yml`` names every rule with its Dutch help; form, validation, documentation and the choice of what a carer is
told all follow from it. A municipality is one record; adding one, or a rule to the guide, needs no code (R59).
"""
