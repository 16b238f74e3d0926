"""The one store of everything editors keep: records, drafts, their history, what needs an editor today."""
