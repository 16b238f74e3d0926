"""Drafts keep what was typed, and two editors never save over each other."""

from __future__ import annotations

import pytest

from knowledge.curation.record import ChangeAction, ConflictError, Draft, DraftState, RecordKind
from knowledge.curation.records import Records

OFFER = RecordKind.OFFER


def save(records: Records, text: str, version: int, by: str = "ann", base: int = 0) -> Draft:
    return records.save_draft(OFFER, "a", {"t": text}, by=by, base_revision=base, version=version, note="let op")


def test_a_draft_is_kept_reviewed_and_published_by_a_colleague(records: Records) -> None:
    first = save(records, "een", 0)
    assert records.draft(OFFER, "a") == first
    second = save(records, "twee", 1)
    review = records.send_for_review(OFFER, "a", by="ann", version=second.version)
    assert (review.state, review.body, review.version) == (DraftState.IN_REVIEW, {"t": "twee"}, 3)
    assert records.get(OFFER, "a") is None, "nobody but editors sees a draft"
    published = records.publish(OFFER, "a", review.body, by="bob", base_revision=0, draft_version=3)
    assert published.body == {"t": "twee"}
    assert records.drafts() == ()


def test_a_text_that_changed_after_review_is_a_plain_draft_again(records: Records) -> None:
    save(records, "een", 0)
    records.send_for_review(OFFER, "a", by="ann", version=1)
    assert save(records, "toch anders", 2, by="bob").state is DraftState.DRAFT


def test_two_editors_do_not_save_over_each_other(records: Records) -> None:
    theirs = save(records, "van ann", 0)
    for version in (0, 2):
        with pytest.raises(ConflictError) as conflict:
            save(records, "van bob", version, by="bob")
        assert conflict.value.theirs == theirs
    with pytest.raises(ConflictError):
        records.send_for_review(OFFER, "a", by="bob", version=4)
    with pytest.raises(ConflictError):
        records.discard_draft(OFFER, "a", version=4)
    assert records.draft(OFFER, "a") == theirs


def test_a_draft_that_was_published_meanwhile_is_not_begun_again_unseen(records: Records) -> None:
    save(records, "een", 0)
    record = records.publish(OFFER, "a", {"t": "een"}, by="ann", base_revision=0)
    with pytest.raises(ConflictError) as conflict:
        save(records, "twee", 1, by="bob")
    assert conflict.value.theirs == record
    records.discard_draft(OFFER, "a", version=1)
    save(records, "drie", 0, base=1)
    records.discard_draft(OFFER, "a", version=1)
    assert records.draft(OFFER, "a") is None


def test_publishing_leaves_the_work_of_a_colleague(records: Records) -> None:
    records.publish(OFFER, "a", {"t": "een"}, by="ann", base_revision=0)
    save(records, "van bob", 0, by="bob", base=1)
    records.publish(OFFER, "a", {"t": "een"}, by="bob", base_revision=1, action=ChangeAction.CONFIRMED)
    records.publish(OFFER, "a", {"t": "twee"}, by="ann", base_revision=2)
    assert records.draft(OFFER, "a").body == {"t": "van bob"}
    with pytest.raises(ConflictError):
        records.publish(OFFER, "a", {"t": "van bob"}, by="bob", base_revision=1)
    records.publish(OFFER, "a", {"t": "samen"}, by="bob", base_revision=3)
    assert records.draft(OFFER, "a") is None


def test_a_draft_that_went_on_after_it_was_read_is_not_published_as_it_was(records: Records) -> None:
    save(records, "een", 0)
    later = save(records, "twee", 1)
    with pytest.raises(ConflictError) as conflict:
        records.publish(OFFER, "a", {"t": "een"}, by="bob", base_revision=0, draft_version=1)
    assert conflict.value.theirs == later
    assert records.get(OFFER, "a") is None


def test_drafts_are_listed_the_newest_first(records: Records) -> None:
    save(records, "een", 0)
    records.save_draft(RecordKind.FACT, "f", {}, by="ann", base_revision=0, version=0)
    assert [draft.id for draft in records.drafts()] == ["f", "a"]
    assert [draft.id for draft in records.drafts(OFFER)] == ["a"]
