// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "replay/attempts.hpp"

#include "record/times.hpp"
#include "replay/content.hpp"

namespace preflight::replay {
namespace {

/// What the source knows before: the client's address, and what its clock showed.
Facts known_of(Facts known, const Link& first) {
    known.capture.read = true;
    known.capture.client = first.client.address_text();
    known.client.time =
        record::iso_time(std::chrono::duration_cast<std::chrono::seconds>(first.began).count());
    return known;
}

/// The host as the capture shows it: by the name in the TLS handshake, else by its address.
void name_target(const Endpoint& server, Facts& facts) {
    const bool named = facts.tls.sni && facts.tls.peer != "gateway";
    facts.target.host = named ? *facts.tls.sni : server.address_text();
    facts.target.is_address = !named;
    facts.target.port = server.port;
    const std::string host =
        named || !server.ipv6 ? *facts.target.host : "[" + *facts.target.host + "]";
    facts.target.endpoint =
        server.port == rdp_port ? host : host + ":" + std::to_string(server.port);
    if (facts.tls.peer == "host") facts.tls.peer_name = facts.target.host;
}

}  // namespace

Observation::Clock::time_point moment(Time at) {
    using Clock = Observation::Clock;
    // Zero stands for "not known" there.
    return Clock::time_point(std::chrono::duration_cast<Clock::duration>(at)) + Clock::duration(1);
}

OpenTry::OpenTry(const Facts& known, const Link& first, bool from_start)
    : recorder_(known_of(known, first), moment(first.began)),
      last_(first.began),
      from_start_(from_start) {}

std::uint32_t OpenTry::add(const Link& link) {
    if (result_.links.size() < most_links) result_.links.push_back(link);
    ++open_;
    last_ = std::max(last_, link.began);
    return ++count_;
}

void OpenTry::observe(Time at, std::uint32_t stream, decltype(Observation::what) what) {
    last_ = std::max(last_, at);
    recorder_.observe({moment(at), stream, std::move(what)});
}

void OpenTry::link_ended(std::uint32_t stream, Time at) {
    last_ = std::max(last_, at);
    if (stream <= result_.links.size()) result_.links[stream - 1].ended = at;
    if (open_ > 0) --open_;
}

Try OpenTry::finish(Time now) const {
    Try result = result_;
    result.facts = recorder_.facts(moment(std::max(now, last_)));
    result.facts.capture.from_start = from_start_;
    name_target(result.links.front().server, result.facts);
    return result;
}

}  // namespace preflight::replay
