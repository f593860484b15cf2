"""What guidance decides, one noun a file: `wish`, `listening` (words → wish), `facts`, `telling` (words → facts), `judging`, `choosing`."""
