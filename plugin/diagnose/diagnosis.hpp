// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// certain: the peer said so, or we checked. likely: the evidence fits little else. possible: it
/// fits, and so do other causes.
enum class Confidence { certain, likely, possible };

constexpr std::string_view name_of(Confidence confidence) {
    constexpr std::string_view names[] = {"certain", "likely", "possible"};
    return names[static_cast<int>(confidence)];
}

/// One thing that somebody can do. Ordered by safety: lasting, workaround, unsafe.
struct Fix {
    std::string who;    ///< you, server administrator, network administrator
    std::string kind;   ///< lasting, workaround, unsafe
    std::string text;   ///< what to do, in a sentence without a full stop
    std::string shell;  ///< language of the command: sh, powershell, cmd; empty without a command
    std::vector<std::string> command;  ///< lines that can be pasted
    std::string source;                ///< where a server-side fix comes from
};

/// One explained situation, its texts filled in.
struct Diagnosis {
    std::string id;     ///< stable and public, such as no-shared-tls-version
    std::string stage;  ///< step at which it arose
    Confidence confidence = Confidence::possible;
    std::string title;                  ///< one sentence: the cause
    std::string why;                    ///< what makes us say so
    std::vector<std::string> evidence;  ///< lines of values
    std::vector<Fix> fixes;
    std::vector<std::string> mstsc;  ///< codes that Microsoft's client shows for it
    std::vector<std::string> sources;
};

/// The verdict on one connection: the root cause first, then what else was noticed. Of a check that
/// passed there is no cause (its id is empty).
struct Explanation {
    Diagnosis cause;
    std::vector<Diagnosis> also;
    std::optional<Diagnosis> question{};  ///< of a check: what the client would ask its user about
};

}  // namespace preflight
