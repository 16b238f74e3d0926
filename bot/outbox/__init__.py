"""What leaves the house: letters that are written with what happened, and carried until they are delivered (ADR 11)."""
