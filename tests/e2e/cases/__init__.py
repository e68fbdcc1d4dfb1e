# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The table: one list of cases for each step of a connection."""
from . import certificate, later, local, negotiation, network, options, real, tls

ALL = [*local.CASES, *network.CASES, *negotiation.CASES, *tls.CASES, *certificate.CASES,
       *later.CASES, *options.CASES, *real.CASES]
