# Needs Python 3.11 or newer and make, nothing else. README.md has the same steps without make.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
.PHONY: help run test check bench

help:
	@$(PYTHON) config/bootstrap.py help
run:
	@$(PYTHON) config/bootstrap.py run $(PORT)
test:
	@$(PYTHON) config/bootstrap.py test $(ARGS)
check:
	@$(PYTHON) config/bootstrap.py check $(ARGS)
bench:
	@$(PYTHON) config/bootstrap.py bench $(ARGS)
