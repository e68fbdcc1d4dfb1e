// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/connection.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "channel/tap.hpp"
#include "channel/watchdog.hpp"

namespace preflight {
namespace {

struct Registry {
    std::mutex mutex;
    std::map<const void*, Connection*> connections;
};

/// Leaked on purpose: static destructors run at exit, beside threads of the client.
Registry& registry() {
    static auto* const all = new Registry;
    return *all;
}

/// The recorder knows what the proxy said, we know which one it is.
void add_proxy(const ProxyFacts& known, ProxyFacts& facts) {
    facts.used = known.used;
    facts.host = known.host;
    facts.port = known.port;
    facts.type = known.type;
    facts.origin = known.origin;
    facts.variable = known.variable;
}

void add_means(const Connection::Means& means, ClientFacts& client) {
    if (means.password_empty) client.password_empty = means.password_empty;
    client.fips = means.fips;
    client.md4 = means.md4;
}

/// Whether the client got as far as to make the objects that we listen to.
bool dialled(const Facts& facts) {
    constexpr std::int64_t pre_connect_failed = 0x00020001;
    constexpr std::int64_t dns_name_not_found = 0x00020005;
    constexpr std::int64_t connect_failed = 0x00020006;
    const std::int64_t code = facts.freerdp.code.value_or(0);
    return code != 0 && code != pre_connect_failed && code != dns_name_not_found &&
           code != connect_failed;
}

}  // namespace

Connection& Connection::of(const void* context) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    Connection*& connection = all.connections[context];
    if (!connection) connection = new Connection;
    return *connection;
}

Connection* Connection::find(const void* context) noexcept {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    const auto found = all.connections.find(context);
    return found == all.connections.end() ? nullptr : found->second;
}

void Connection::start(Clock::time_point now) {
    recorder_.emplace(known_, now);
    concluded_ = false;
    wait_told_ = false;
    redirected_ = false;
    active_ = false;
    connected_ = false;
    session_ = false;
    noted_ = false;
    reconnects_ = false;
    questions_ = 0;
    notes_.proxy = {};
    notes_.means = {};
    objects_before_ = bound_objects();
    streams_.store(0, std::memory_order_relaxed);
    hears_sent_.store(true, std::memory_order_relaxed);
    listening_.store(true, std::memory_order_relaxed);
}

void Connection::begin(const Options& options, Facts known) {
    {
        const std::lock_guard lock(mutex_);
        options_ = options;
        known_ = std::move(known);
        // FreeRDP 3 loads us again in the middle of a connection that is redirected. A session is
        // over then, even if the client never said so.
        const bool anew = session_ && !known_.target.redirected.value_or(false);
        if (concluded_ || !recorder_ || anew) start(Clock::now());
    }
    watch(*this);
}

void Connection::round(Facts known, bool redirected) {
    {
        const std::lock_guard lock(mutex_);
        known_ = std::move(known);
        if (concluded_ || !recorder_) {
            start(Clock::now());
            connected_ = true;  // it gets no second ConnectionResult
            reconnects_ = true;
        }
        if (!session_) redirected_ = redirected;
        active_ = false;
        hears_sent_.store(true, std::memory_order_relaxed);
        listening_.store(true, std::memory_order_relaxed);
        recorder_->observe(Observation{Clock::now(), 0, RoundBegan{redirected}});
    }
    watch(*this);
}

void Connection::hear(std::uint32_t stream, What what) {
    const std::lock_guard lock(mutex_);
    if (recorder_) recorder_->observe(Observation{Clock::now(), stream, std::move(what)});
}

void Connection::activated() noexcept {
    const std::lock_guard lock(mutex_);
    active_ = true;
    listening_.store(false, std::memory_order_relaxed);
}

void Connection::connected() noexcept {
    const std::lock_guard lock(mutex_);
    connected_ = true;
}

bool Connection::may_still_fail() const noexcept {
    const std::lock_guard lock(mutex_);
    return recorder_ && connected_ && !active_ && !reconnects_ && !session_;
}

bool Connection::succeeded() const noexcept {
    const std::lock_guard lock(mutex_);
    return connected_ && active_;
}

void Connection::settle() noexcept {
    const std::lock_guard lock(mutex_);
    listening_.store(false, std::memory_order_relaxed);
    session_ = recorder_ && !concluded_;
}

bool Connection::in_session() const noexcept {
    const std::lock_guard lock(mutex_);
    return session_ && !concluded_;
}

bool Connection::noted() const noexcept {
    const std::lock_guard lock(mutex_);
    return noted_;
}

void Connection::set_noted() noexcept {
    const std::lock_guard lock(mutex_);
    noted_ = true;
}

Connection::Notes Connection::notes() const {
    const std::lock_guard lock(mutex_);
    return notes_;
}

void Connection::note(const Notes& notes) {
    const std::lock_guard lock(mutex_);
    notes_ = notes;
}

bool Connection::conclude() noexcept {
    const std::lock_guard lock(mutex_);
    return recorder_ && !std::exchange(concluded_, true);
}

void Connection::close() noexcept {
    const std::lock_guard lock(mutex_);
    listening_.store(false, std::memory_order_relaxed);
    concluded_ = true;
    recorder_.reset();
}

Connection::SnapshotPtr Connection::snapshot_locked(Clock::time_point now) const {
    SnapshotPtr snapshot(new Snapshot{recorder_->facts(now), options_, last_move()});
    Facts& facts = snapshot->facts;
    // The recorder was given the first host's; a redirection leads to another.
    if (redirected_) facts.target = known_.target;
    if (notes_.proxy.used) add_proxy(notes_.proxy, facts.proxy);
    add_means(notes_.means, facts.client);
    const bool bound = bound_objects() > objects_before_;
    facts.client.tls_observed = notes_.tapped && (bound || !dialled(facts));
    return snapshot;
}

Connection::SnapshotPtr Connection::snapshot() const {
    const std::lock_guard lock(mutex_);
    if (!recorder_) return nullptr;
    return snapshot_locked(Clock::now());
}

void Connection::question(int change) noexcept {
    const std::lock_guard lock(mutex_);
    questions_ = std::max(0, questions_ + change);
    answered_ = Clock::now();
}

Connection::Clock::time_point Connection::last_move() const {
    return std::max(recorder_->last_progress(), answered_);
}

bool Connection::waits() const {
    return recorder_ && !concluded_ && !active_ && !session_ && !reconnects_ && !wait_told_ &&
           options_.wait.count() > 0;
}

std::optional<Connection::Clock::time_point> Connection::wait_deadline(
    Clock::time_point now) const {
    const std::lock_guard lock(mutex_);
    if (!waits()) return std::nullopt;
    const auto deadline = last_move() + options_.wait;
    // Nothing to tell at the deadline: look again later, not at once.
    return deadline > now ? deadline : now + options_.wait;
}

bool Connection::wait_told() const noexcept {
    const std::lock_guard lock(mutex_);
    return wait_told_;
}

Connection::SnapshotPtr Connection::wait_snapshot(Clock::time_point now) const {
    if (!waits() || questions_ > 0 || now < last_move() + options_.wait) return nullptr;
    const std::string awaited = recorder_->waiting_for();
    if (awaited.empty()) return nullptr;
    SnapshotPtr snapshot = snapshot_locked(now);
    using std::chrono::duration_cast, std::chrono::seconds;
    snapshot->facts.outcome = "waiting";
    snapshot->facts.wait.waiting_for = awaited;
    snapshot->facts.wait.seconds = duration_cast<seconds>(now - last_move()).count();
    return snapshot;
}

Connection::SnapshotPtr Connection::waited_too_long(Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    return wait_snapshot(now);
}

bool Connection::still_waits(const Snapshot& snapshot) const noexcept {
    const std::lock_guard lock(mutex_);
    return waits() && questions_ == 0 && last_move() == snapshot.moved;
}

Connection::SnapshotPtr Connection::tell_wait(const Snapshot& snapshot, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    if (!waits() || last_move() != snapshot.moved) return nullptr;
    SnapshotPtr told = wait_snapshot(now);
    if (told) wait_told_ = true;
    return told;
}

}  // namespace preflight
