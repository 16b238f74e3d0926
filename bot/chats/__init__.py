"""Chats at another company (Telegram; later others): who belongs to which conversation, what came in, what must go out.

Nothing here knows a company's programming interface. Addresses and texts are sealed; a chat is known by a pseudonym.
"""
