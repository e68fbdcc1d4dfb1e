// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <freerdp/freerdp.h>

namespace preflight {

/// Listens to the client's questions to the user (certificate, credentials, a gateway's
/// message): what was asked about the certificate and what the answer was; while a question is open
/// nothing is awaited. Only callbacks that the client has set are wrapped, once per context;
/// credentials are not looked at.
void listen_to_prompts(rdpContext* context);

}  // namespace preflight
