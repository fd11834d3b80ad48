from hypothesis import settings

# Properties run on busy machines: how long one example takes says nothing.
settings.register_profile("cairn", deadline=None, database=None)
settings.load_profile("cairn")
