"""What leaves the house: mail, Open Klant and webhooks, and the worker that carries it."""
