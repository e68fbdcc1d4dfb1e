// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/licensing.hpp"

#include "record/times.hpp"

namespace preflight::record {
namespace {

std::string name_or_number(std::string_view name, std::uint32_t number) {
    return name.empty() ? as_hex(number) : std::string(name);
}

bool ends_well(std::string_view message) {
    return message == "NEW_LICENSE" || message == "UPGRADE_LICENSE";
}

}  // namespace

void LicensingStep::take(Bytes bytes, Scribe& scribe) {
    const auto message = wire::parse_license(bytes);
    if (!message) return;
    facts.started = true;
    facts.last_received = std::string(wire::license_message_name(message->type));
    if (ends_well(*facts.last_received)) facts.completed = true;
    std::string words = "Licensing: " + *facts.last_received;
    if (const auto& error = message->error) {
        facts.error_code = error->code;
        facts.error_name = name_or_number(wire::license_error_name(error->code), error->code);
        facts.state_transition = error->transition;
        facts.state_transition_name =
            name_or_number(wire::license_transition_name(error->transition), error->transition);
        facts.completed = wire::is_valid_client(*error);
        words += " " + *facts.error_name + ", " + *facts.state_transition_name;
    }
    scribe.note(Direction::received, std::move(words));
}

void LicensingStep::take_encrypted(Scribe& scribe) {
    facts.started = true;
    facts.encrypted = true;
    scribe.note(Direction::received, "Licensing: an encrypted message");
}

}  // namespace preflight::record
