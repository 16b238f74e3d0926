"""Offers in and out: spreadsheets and JSON files, imports that cannot harm, and what the catalogue still lacks."""
