// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "channel/listener.hpp"
#include "channel/options.hpp"
#include "facts/facts.hpp"
#include "record/recorder.hpp"

namespace preflight {

/// What we know of one rdpContext: its options and what the tap recorded. Never destroyed, because
/// objects of the TLS library and threads of the client may point to it until the process ends;
/// its recorder is, as soon as the outcome is known.
class Connection final : public Listener {
  public:
    using Clock = Observation::Clock;

    /// What is known at one moment.
    struct Snapshot {
        Facts facts;
        Options options;
        Clock::time_point moved{};  ///< when something moved last
    };
    using SnapshotPtr = std::unique_ptr<Snapshot>;

    /// The connection of a context, made at the first call.
    static Connection& of(const void* context);

    /// The connection of a context, or nullptr.
    static Connection* find(const void* context) noexcept;

    /// The client loads us, once or again, with these options; `known` is what its settings say.
    void begin(const Options& options, Facts known);

    /// The client starts a round of connecting. In a session that has ended it is one to get it
    /// back. Without a `begin` after the last outcome, the client goes on as it sees fit.
    void round(Facts known, bool redirected);

    void hear(std::uint32_t stream, What what) override;

    /// The basic settings exchange began: no more of what the client sends is looked at.
    void stop_hearing_sent() noexcept { hears_sent_.store(false, std::memory_order_relaxed); }

    /// The session is active: from now on the tap costs a flag test per call.
    void activated() noexcept;

    /// The connect call ended well. FreeRDP 3 says so before the session is active, FreeRDP 2
    /// after.
    void connected() noexcept;

    /// How far it is: `connected` came, but the session can still fail; or both came.
    bool may_still_fail() const noexcept;
    bool succeeded() const noexcept;

    /// The session is there. The tap is off until the client connects again by itself; the record
    /// is kept for the session's end.
    void settle() noexcept;

    /// Whether `settle` came, and the end of it all has not.
    bool in_session() const noexcept;

    /// Whether something was noted of the session that is there; at most once in each.
    bool noted() const noexcept;
    void set_noted() noexcept;

    /// The outcome is a failure, or the end of a session. True for the first call only.
    bool conclude() noexcept;

    /// The outcome is known and told: nothing is listened to any more, the record is dropped.
    void close() noexcept;

    /// What the client had to sign in with; the user may have been asked for it on the way.
    struct Means {
        Maybe<bool> password_empty;
        Maybe<bool> fips;
        Maybe<bool> md4;
    };

    /// What the channel knows beside the record.
    struct Notes {
        bool tapped = false;       ///< the TLS library takes our hooks
        bool errinfo_on = false;   ///< we switched SupportErrorInfoPdu on
        bool proxy_given = false;  ///< the proxy was an option
        ProxyFacts proxy;          ///< the proxy that was dialled
        Means means;               ///< to sign in with, as they were at the end
    };
    Notes notes() const;
    void note(const Notes& notes);

    /// The facts so far, or nullptr when there is no record.
    SnapshotPtr snapshot() const;

    /// A question to the user was opened (+1) or answered (-1); nothing is awaited meanwhile.
    void question(int change) noexcept;

    /// When to look whether something is awaited for too long; nothing: not at all.
    std::optional<Clock::time_point> wait_deadline(Clock::time_point now) const;

    /// Whether waited_too_long has spoken.
    bool wait_told() const noexcept;

    /// The facts, if something is awaited for too long; else nullptr. It is not told yet.
    SnapshotPtr waited_too_long(Clock::time_point now);

    /// Whether the client still waits as it did at `snapshot`.
    bool still_waits(const Snapshot& snapshot) const noexcept;

    /// Once per connection: the facts that are told of the waiting that `snapshot` found, by now;
    /// nullptr where the client went on or ended.
    SnapshotPtr tell_wait(const Snapshot& snapshot, Clock::time_point now);

  private:
    void start(Clock::time_point now);
    SnapshotPtr snapshot_locked(Clock::time_point now) const;
    SnapshotPtr wait_snapshot(Clock::time_point now) const;
    Clock::time_point last_move() const;
    bool waits() const;

    mutable std::mutex mutex_;
    Options options_;
    Facts known_;
    std::optional<Recorder> recorder_;
    Clock::time_point answered_{};
    int questions_ = 0;
    Notes notes_;
    unsigned long objects_before_ = 0;
    bool redirected_ = false;
    bool active_ = false;
    bool connected_ = false;
    bool session_ = false;
    bool noted_ = false;
    bool reconnects_ = false;
    bool concluded_ = true;
    bool wait_told_ = false;
};

}  // namespace preflight
