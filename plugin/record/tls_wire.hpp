// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include "record/tls.hpp"
#include "record/unseen.hpp"
#include "wire/tls_record.hpp"

namespace preflight::record {

/// The TLS records on the wire: tells `TlsStep` what they carry in clear where the TLS library
/// could not be observed (`tells_all`), and always whether the peer speaks TLS at all.
class TlsWire {
  public:
    void transferred(Direction direction, Bytes bytes, bool tells_all, TlsStep& tls,
                     UnseenStep& unseen, Scribe& scribe);

  private:
    struct Side {
        wire::Reassembler records{wire::tls_record_frame, 32 * 1024};
        wire::Reassembler messages{wire::tls_handshake_frame, 32 * 1024};
        bool encrypted = false;  ///< a ChangeCipherSpec or application data went by
        bool finished = false;   ///< and an encrypted message, its Finished
    };

    void records(Direction direction, TlsStep& tls, UnseenStep& unseen, Scribe& scribe);
    void record(Direction direction, const wire::TlsRecord& record, TlsStep& tls, Scribe& scribe);
    void check_established(TlsStep& tls, Scribe& scribe);

    static constexpr std::size_t first_bytes_limit = 256;
    Side sent_;
    Side received_;
    std::vector<std::uint8_t> first_received_;
    bool speaks_tls_ = false;
};

}  // namespace preflight::record
