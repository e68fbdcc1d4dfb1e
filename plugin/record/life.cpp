// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/life.hpp"

#include "record/record.hpp"
#include "record/system_errors.hpp"
#include "record/verdict.hpp"
#include "wire/mcs.hpp"
#include "wire/text.hpp"

namespace preflight::record {
namespace {

// FreeRDP's errors, freerdp/error.h, the same in both majors.
constexpr std::uint32_t class_errinfo = 1;
constexpr std::uint32_t connect_cancelled = 0x0002000b;

/// The codes that FreeRDP makes up where a server sends a Disconnect Provider Ultimatum alone.
constexpr std::int64_t made_up_disconnect = 1;
constexpr std::int64_t made_up_logoff = 12;

/// Whether the server sent the reason that FreeRDP told; nothing where nobody can know.
Maybe<bool> reason_was_sent(const Record& record, int ultimatum_at_end) {
    const Life& life = record.life;
    const std::int64_t code = record.session.error_info.value_or(0);
    if (code != made_up_disconnect && code != made_up_logoff) return true;
    if (life.ultimatum_at_reason != life.ultimatum) return false;
    if (ultimatum_at_end != life.ultimatum) return true;
    return std::nullopt;
}

/// Nothing where FreeRDP gave no error: a client's own way to end says nothing.
Maybe<std::string> ended_by(const Record& record, const Terminated& event) {
    if (record.session.error_info || event.ultimatum != record.life.ultimatum) return "server";
    if (event.error.code == 0) return std::nullopt;
    if (event.error.code >> 16 == class_errinfo) return "server";
    // Clients answer the end with an abort, which sets this error where there is no other.
    return event.error.code == connect_cancelled ? "client" : "network";
}

/// A gateway without WebSocket has two connections for it.
void keep_current_attempt_only(Record& record) {
    if (record.attempts.empty()) return;
    const std::int64_t current = record.attempts.back()->number();
    std::erase_if(record.attempts,
                  [&](const auto& attempt) { return attempt->number() != current; });
}

void fill_ultimatum(const Record& record, McsFacts& mcs) {
    if (!record.ultimatum || mcs.disconnect_reason) return;
    mcs.disconnect_reason = *record.ultimatum;
    const auto name = wire::mcs_reason_name(static_cast<std::uint8_t>(*record.ultimatum));
    mcs.disconnect_reason_name =
        name.empty() ? std::to_string(*record.ultimatum) : std::string(name);
}

/// Why the host could not be reached, as a second look told.
void fill_unreachable(const LookedAgain& again, ReconnectFacts& reconnect) {
    if (again.looked_up && again.lookup_error != 0) {
        reconnect.error = lookup_error_name(again.lookup_error);
        reconnect.error_text = lookup_error_text(again.lookup_error);
        return;
    }
    for (const auto& address : again.addresses) {
        if (!address.tried || address.connected || address.error == 0) continue;
        reconnect.error = errno_name(address.error);
        reconnect.error_text = errno_text(address.error);
        return;
    }
}

void fill_reconnect(const Record& record, Moment now, ReconnectFacts& reconnect) {
    const Life& life = record.life;
    if (life.tries == 0) return;
    reconnect.tries = life.tries;
    reconnect.seconds = milliseconds(life.first_try.value_or(now), now) / 1000;
    if (life.last_try.code) reconnect.freerdp_name = wire::printable(life.last_try.name);
    const Attempt* const furthest = furthest_of(record, life.round + 1, record.rounds);
    reconnect.stage = std::string(name_of(furthest ? furthest->stage() : Stage::tcp));
    if (reconnect.stage == "tcp" && record.again) fill_unreachable(*record.again, reconnect);
}

}  // namespace

void session_began(Record& record, const Activated& event, Moment at) {
    if (record.life.active()) return;
    if (record.life.ended) keep_current_attempt_only(record);
    record.life = {};
    record.life.began = at;
    record.life.round = record.rounds;
    record.life.ultimatum = event.ultimatum;
    const auto state = record.freerdp.state;
    record.freerdp = {};
    record.freerdp.state = state;
    record.session = {};
    record.session.activated = true;
    record.ultimatum.reset();
    record.activated = true;
    record.terminated = false;
    record.ended_at.reset();
    for (const auto& attempt : record.attempts) attempt->release();
}

void session_ended(Record& record, const Terminated& event, Moment at) {
    record.terminated = true;
    if (!record.life.active()) return;
    record.life.ended = at;
    record.session.ended_by = ended_by(record, event);
    if (record.session.error_info)
        record.session.error_info_sent = reason_was_sent(record, event.ultimatum);
    if (event.ultimatum != record.life.ultimatum) record.ultimatum = event.ultimatum;
    if (event.error.code && event.error.code != connect_cancelled)
        fill_error(event.error, record.freerdp);
}

bool session_sought(Record& record, const RoundBegan& event, Moment at) {
    Life& life = record.life;
    if (!life.began) return false;
    if (event.redirected && life.active()) {
        // Sent elsewhere from within: another connection begins.
        life = {};
        record.activated = false;
        return false;
    }
    if (life.active()) life.ended = at;  // the client's own idea, nobody told why
    if (life.tries++ == 0) life.first_try = at;
    return true;
}

void session_reason(Record& record, const ErrorInfoSeen& event) {
    if (record.life.active()) record.life.ultimatum_at_reason = event.ultimatum;
}

void fill_life(const Record& record, Moment now, Facts& facts) {
    const Life& life = record.life;
    if (!life.ended) return;
    fill_ultimatum(record, facts.mcs);
    facts.session.lasted_s = milliseconds(*life.began, *life.ended) / 1000;
    facts.session.lasted = duration_words(*facts.session.lasted_s);
    fill_reconnect(record, now, facts.session.reconnect);
}

std::string duration_words(std::int64_t seconds) {
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    const auto words = [](std::int64_t large, const char* unit, std::int64_t small,
                          const char* small_unit) {
        std::string text = std::to_string(large) + " " + unit;
        if (small) text += " " + std::to_string(small) + " " + small_unit;
        return text;
    };
    if (seconds < minute) return std::to_string(seconds) + " s";
    if (seconds < hour) return words(seconds / minute, "min", seconds % minute, "s");
    if (seconds < day) return words(seconds / hour, "h", seconds % hour / minute, "min");
    return words(seconds / day, "d", seconds % day / hour, "h");
}

}  // namespace preflight::record
