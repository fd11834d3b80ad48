"""The media library: pictures examined, re-encoded, kept, and found again in the texts."""
