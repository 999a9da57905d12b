"""The vocabulary of a review: findings, suggestions, decisions."""
