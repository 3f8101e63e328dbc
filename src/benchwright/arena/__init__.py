"""The arena: anonymous battles, ballots with reasons, votes that last, a live leaderboard, matchmaking, privacy."""
