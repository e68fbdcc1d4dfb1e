# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The table: one list of cases for each step of a connection."""
import os

from . import (certificate, gateways, later, local, negotiation, network, options, proxies, real,
               sessions, sign_in, tls)

ALL = [*local.CASES, *network.CASES, *proxies.CASES, *negotiation.CASES, *tls.CASES,
       *certificate.CASES, *later.CASES, *sign_in.CASES, *sessions.CASES, *gateways.CASES,
       *options.CASES, *real.CASES]
PENDING = [*sign_in.PENDING, *sessions.PENDING, *gateways.PENDING]
if os.environ.get("PREFLIGHT_E2E_PENDING"):
    ALL += PENDING
