// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "record/channels.hpp"

#include <algorithm>
#include <utility>

#include "facts/stage.hpp"

namespace preflight::record {
namespace {

constexpr std::int64_t first_http_refusal = 300;

/// Takes what `into` does not know from `from`.
template <class T>
struct FillHoles {
    const T& from;
    T& into;

    template <class M>
    void operator()(const char*, M T::*member, const char*) {
        if constexpr (is_maybe<M>) {
            if (!(into.*member)) into.*member = from.*member;
        } else if constexpr (is_list<M>) {
            if ((into.*member).empty()) into.*member = from.*member;
        }
    }
};

/// How much a connection tells of why the gateway refused.
int weight(const GatewayFacts& gateway) {
    if (gateway.error_code) return 3;
    const bool signs_in = gateway.http_challenge.value_or(false);
    if (gateway.http_status.value_or(0) >= first_http_refusal && !signs_in) return 2;
    return gateway.ended && gateway.ended != "client" ? 1 : 0;
}

GatewayFacts joined(GatewayFacts first, GatewayFacts second) {
    if (weight(second) > weight(first)) std::swap(first, second);
    FillHoles<GatewayFacts> fill{second, first};
    GatewayFacts::describe(fill);
    if (!first.tls.started) first.tls = std::move(second.tls);
    if (!first.certificate.seen) first.certificate = std::move(second.certificate);
    return first;
}

Stage stage_of(const AttemptFacts& attempt) {
    return stage_named(attempt.stage.value_or("")).value_or(Stage::local);
}

Maybe<std::int64_t> sum(Maybe<std::int64_t> left, Maybe<std::int64_t> right) {
    if (!left || !right) return left ? left : right;
    return *left + *right;
}

}  // namespace

void join_channels(AttemptFacts second, AttemptFacts& first) {
    AttemptFacts all = stage_of(second) > stage_of(first) ? second : first;
    all.gateway = joined(first.gateway, second.gateway);
    all.started_ms = first.started_ms;
    if (first.started_ms && second.started_ms)
        all.duration_ms =
            std::max(first.duration_ms.value_or(0),
                     *second.started_ms - *first.started_ms + second.duration_ms.value_or(0));
    all.tcp.duration_ms = first.tcp.duration_ms;
    all.tcp.bytes_sent = sum(first.tcp.bytes_sent, second.tcp.bytes_sent);
    all.tcp.bytes_received = sum(first.tcp.bytes_received, second.tcp.bytes_received);
    first = std::move(all);
}

}  // namespace preflight::record
