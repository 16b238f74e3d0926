"""The thread of a talk: what a message teaches, what to acknowledge, what to ask next. No Rasa, no sentences."""
