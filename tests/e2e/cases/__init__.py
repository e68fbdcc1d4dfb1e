# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""The table: one list of cases for each step of a connection."""
from . import (again, certificate, gateways, later, local, negotiation, network, ntstatus,
               options, proxies, real, secrets, sessions, sign_in, tls)

ALL = [*local.CASES, *network.CASES, *proxies.CASES, *negotiation.CASES, *tls.CASES, *again.CASES,
       *certificate.CASES, *later.CASES, *ntstatus.CASES, *sign_in.CASES, *secrets.CASES,
       *sessions.CASES, *gateways.CASES, *options.CASES, *real.CASES]
