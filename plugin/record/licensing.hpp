// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "facts/licensing.hpp"
#include "record/ladder.hpp"
#include "wire/licensing.hpp"

namespace preflight::record {

/// The licensing, [MS-RDPELE].
class LicensingStep {
  public:
    /// Takes one message of the server, behind its security header.
    void take(Bytes message, Scribe& scribe);

    /// A message of the server arrived that standard RDP security encrypts.
    void take_encrypted(Scribe& scribe);

    LicensingFacts facts;
};

}  // namespace preflight::record
