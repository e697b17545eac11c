"""How long does a fuzz test run? A few examples with every test run; `make fuzz` goes on for a while."""

from hypothesis import HealthCheck, settings

# One example must be done within a second: a record that keeps the bots busy would keep everybody waiting.
settings.register_profile(
    "fuzz",
    deadline=1_000,
    max_examples=500,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
