// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// Whole connections as the tap told of them (tests/data/connections), cut after every byte, told
// byte by byte, and damaged at every byte. PREFLIGHT_EXHAUSTIVE=1: all of them; else a sample.
// With arguments, such as "nla-freerdp2:24 0 close", shows the report on that cut.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cmocka.hpp"
#include "facts/json.hpp"
#include "golden.hpp"
#include "replay.hpp"

using namespace preflight;
using namespace preflight::test;

namespace {

struct Recording {
    std::string name;
    std::vector<Told> lines;
};

const std::vector<Recording>& recordings() {
    static const std::vector<Recording> all = [] {
        std::vector<Recording> found;
        for (const auto& path : files_in("tests/data/connections", ".jsonl"))
            found.push_back({stem(path), read_recording(path)});
        return found;
    }();
    return all;
}

bool exhaustive() { return std::getenv("PREFLIGHT_EXHAUSTIVE") != nullptr; }

/// Whether byte `at` of `size` is tried: of a sample the first two, the last and each Nth.
bool tried(std::size_t at, std::size_t size) {
    constexpr std::size_t each = 19;
    return exhaustive() || at < 2 || at + 1 == size || at % each == 0;
}

/// Counts, and prints the first few that went wrong.
class Tally {
  public:
    explicit Tally(std::string what) : what_(std::move(what)) {}
    ~Tally() { std::printf("%s: %zu, %zu right\n", what_.c_str(), count_, count_ - wrong_); }
    Tally(const Tally&) = delete;
    Tally& operator=(const Tally&) = delete;

    void add(const std::string& problem, const std::string& where) {
        constexpr std::size_t shown = 10;
        ++count_;
        if (problem.empty()) return;
        if (++wrong_ <= shown) std::fprintf(stderr, "%s: %s\n", where.c_str(), problem.c_str());
    }
    bool all_right() const { return count_ > 0 && wrong_ == 0; }

  private:
    std::string what_;
    std::size_t count_ = 0;
    std::size_t wrong_ = 0;
};

/// Where a case is: recording, line, byte, and what was done.
std::string place(const Recording& recording, std::size_t line, std::size_t byte,
                  std::string_view what) {
    return recording.name + ":" + std::to_string(line + 1) + " byte " + std::to_string(byte) + " " +
           std::string(what);
}

using Steps = std::vector<std::string>;

/// What is wrong with the report on a connection cut at one of `steps`.
std::string wrong_with(const Replay& replay, const Steps& steps, End how) {
    const Report report = report_on(replay.facts());
    if (!report.problem.empty()) return report.problem;
    if (std::find(steps.begin(), steps.end(), report.step) == steps.end())
        return "says " + report.step + " (" + report.id + "), it is " + steps.front();
    const bool waits = how == End::silent;
    if (report.outcome != (waits ? "waiting" : "failed")) return "outcome " + report.outcome;
    if (waits && replay.waiting_for().empty()) return "nothing is awaited at " + report.step;
    return {};
}

/// The step of the server's next word from line `at` on: what the client waits for.
std::string awaited_step(Lines lines, std::size_t at) {
    for (const Told& line : lines.subspan(at))
        if (line.is_on_wire(Direction::received)) return line.step;
    return "session";
}

template <class Event>
bool told_of(Lines lines) {
    return std::any_of(lines.begin(), lines.end(),
                       [](const Told& line) { return std::holds_alternative<Event>(line.what); });
}

/// The step of the server's last word before line `at`.
std::string answered_step(Lines lines, std::size_t at) {
    while (at > 0)
        if (lines[--at].is_on_wire(Direction::received)) return lines[at].step;
    return {};
}

/// The step of what is sent at line `at`: that of its answer. But the handshake's last words are
/// the handshake's, the credentials are the sign-in's, and whether the client took the certificate
/// shows when it goes on and not before.
Steps steps_of_write(Lines lines, std::size_t at) {
    const Lines before = lines.first(at);
    const std::string awaited = awaited_step(lines, at);
    if (!told_of<TlsConfigured>(before)) return {awaited};
    if (!told_of<TlsEstablished>(before)) return {"tls"};
    const std::string answered = answered_step(lines, at);
    return {awaited, answered == "tls" ? "certificate" : answered};
}

/// The server's bytes stop at each byte of line `index`.
void cut_received(const Recording& recording, std::size_t index, Tally& tally) {
    const Lines lines(recording.lines);
    const Told& line = lines[index];
    for (const End how : {End::close, End::reset, End::silent}) {
        for (std::size_t size = 0; size < line.bytes.size(); ++size) {
            if (!tried(size, line.bytes.size())) continue;
            Replay replay;
            replay.play(lines.first(index));
            replay.play_beginning(line, size);
            replay.end(how);
            tally.add(wrong_with(replay, {line.step}, how),
                      place(recording, index, size, name_of(how)));
        }
    }
}

/// The client's write of line `index` fails after each of its bytes.
void cut_sent(const Recording& recording, std::size_t index, Tally& tally) {
    const Lines lines(recording.lines);
    const Told& line = lines[index];
    for (const End how : {End::close, End::reset}) {
        for (std::size_t size = 0; size < line.bytes.size(); ++size) {
            if (!tried(size, line.bytes.size())) continue;
            Replay replay;
            replay.play(lines.first(index));
            replay.play_beginning(line, size);
            replay.end(how, Direction::sent);
            tally.add(wrong_with(replay, steps_of_write(lines, index), how),
                      place(recording, index, size, name_of(how)));
        }
    }
}

void a_cut_is_told_at_its_step(Direction direction, const char* what) {
    bool good = true;
    assert_true(recordings().size() >= 8);
    for (const Recording& recording : recordings()) {
        Tally tally(recording.name + ", cuts of what is " + what);
        for (std::size_t i = 0; i < recording.lines.size(); ++i) {
            if (!recording.lines[i].is_on_wire(direction)) continue;
            direction == Direction::sent ? cut_sent(recording, i, tally)
                                         : cut_received(recording, i, tally);
        }
        good &= tally.all_right();
    }
    assert_true(good);
}

void every_cut_of_the_server_is_told_at_its_step(void**) {
    a_cut_is_told_at_its_step(Direction::received, "received");
}

void every_cut_of_the_client_is_told_at_its_step(void**) {
    a_cut_is_told_at_its_step(Direction::sent, "sent");
}

Json comparable(const Replay& replay) { return to_json(replay.facts()); }

/// However the bytes are split, the facts at the end of each message are the same.
void single_bytes_make_no_difference(void**) {
    bool good = true;
    for (const Recording& recording : recordings()) {
        Tally tally(recording.name + ", messages in single bytes");
        Replay whole;
        Replay split;
        for (std::size_t i = 0; i < recording.lines.size(); ++i) {
            const Told& line = recording.lines[i];
            whole.play(line);
            const bool bytes = std::holds_alternative<Transferred>(line.what);
            bytes ? split.play_single_bytes(line) : split.play(line);
            if (!bytes) continue;
            const bool same = comparable(whole) == comparable(split);
            tally.add(same ? "" : "other facts", place(recording, i, 0, "in single bytes"));
        }
        good &= tally.all_right();
    }
    assert_true(good);
}

bool comes_from_the_server(const Told& line) {
    return line.is_on_wire(Direction::received) || line.is_plain_received() ||
           line.is_tls_received();
}

/// The line with one byte changed; then the connection goes on, or is closed.
void damage_line(const Recording& recording, std::size_t index, Tally& tally) {
    constexpr std::uint8_t masks[] = {0xff, 0x01, 0x80};
    const Lines lines(recording.lines);
    const Told& line = lines[index];
    for (std::size_t byte = 0; byte < line.bytes.size(); ++byte) {
        if (!tried(byte, line.bytes.size())) continue;
        for (std::size_t i = 0; i < (exhaustive() ? std::size(masks) : 1); ++i) {
            Told damaged = line;
            damaged.bytes[byte] ^= masks[(byte + i) % std::size(masks)];
            Replay replay;
            replay.play(lines.first(index));
            replay.play(damaged);
            if ((byte + i) % 2 == 0) replay.play(lines.subspan(index + 1));
            replay.end(End::close);
            tally.add(report_on(replay.facts()).problem, place(recording, index, byte, "damaged"));
        }
    }
}

void damage_makes_no_report_unsound(void**) {
    bool good = true;
    for (const Recording& recording : recordings()) {
        Tally tally(recording.name + ", damaged bytes");
        for (std::size_t i = 0; i < recording.lines.size(); ++i)
            if (comes_from_the_server(recording.lines[i])) damage_line(recording, i, tally);
        good &= tally.all_right();
    }
    assert_true(good);
}

/// Not cut at all: a session.
void the_whole_is_a_success(void**) {
    for (const Recording& recording : recordings()) {
        Replay replay;
        replay.play(recording.lines);
        assert_string_equal(replay.facts().outcome.value_or("").c_str(), "connected");
    }
}

/// Prints the report on one cut, as a failed test names it.
int show(const std::string& where, std::size_t size, const std::string& end) {
    const auto colon = where.find(':');
    const std::size_t index = std::stoul(where.substr(colon + 1)) - 1;
    for (const Recording& recording : recordings()) {
        if (recording.name != where.substr(0, colon)) continue;
        const Told& line = recording.lines.at(index);
        Replay replay;
        replay.play(Lines(recording.lines).first(index));
        replay.play_beginning(line, size);
        for (const End how : {End::close, End::reset, End::silent})
            if (name_of(how) == end)
                replay.end(
                    how, line.is_on_wire(Direction::sent) ? Direction::sent : Direction::received);
        std::printf("%s\n%s\n", report_on(replay.facts()).text.c_str(),
                    to_json(replay.facts()).dump(1).c_str());
        return 0;
    }
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    // No authorities: what is tested here is not trust, and reading them takes most of the time.
    setenv("SSL_CERT_FILE", "/dev/null", 1);
    setenv("SSL_CERT_DIR", "/nonexistent", 1);
    if (argc == 4) return show(argv[1], std::stoul(argv[2]), argv[3]);
    const CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_is_a_success),
        cmocka_unit_test(every_cut_of_the_server_is_told_at_its_step),
        cmocka_unit_test(every_cut_of_the_client_is_told_at_its_step),
        cmocka_unit_test(single_bytes_make_no_difference),
        cmocka_unit_test(damage_makes_no_report_unsound),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
