// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// From the words of a command line to what they ask about.
#include <algorithm>
#include <cctype>

#include "cli/lookup.hpp"

namespace preflight::cli {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Takes off what surrounds a code in a sentence: "[0x0002000D]," → "0x0002000D".
std::string bare(const std::string& word) {
    constexpr const char* around = "[](){}<>\"'`,;:.!?=*";
    const auto first = word.find_first_not_of(around);
    if (first == word.npos) return {};
    return word.substr(first, word.find_last_not_of(around) - first + 1);
}

/// A word, or two, that say what the number after them is.
struct Context {
    std::string_view words;
    std::string_view table;
};
constexpr Context contexts[] = {
    {"extended error code", "mstsc-extended"},
    {"extended code", "mstsc-extended"},
    {"extended reason", "mstsc-extended"},
    {"extended", "mstsc-extended"},
    {"ssl alert number", "tls-alert"},
    {"tls alert number", "tls-alert"},
    {"alert number", "tls-alert"},
    {"tls alert", "tls-alert"},
    {"ssl alert", "tls-alert"},
    {"alert", "tls-alert"},
    {"exit code", "xfreerdp-exit"},
    {"exit status", "xfreerdp-exit"},
    {"exit", "xfreerdp-exit"},
    {"x509", "x509"},
    {"verify error", "x509"},
    {"verify", "x509"},
    {"errinfo", "errinfo"},
    {"error info", "errinfo"},
    {"ntstatus", "ntstatus"},
    {"mstsc", "mstsc"},
    {"http status", "http-gateway"},
    {"http", "http-gateway"},
    {"kerberos", "krb5"},
    {"krb5", "krb5"},
    {"licence", "license"},
    {"license", "license"},
    {"neg failure", "neg-failure"},
    {"failure code", "neg-failure"},
    {"failurecode", "neg-failure"},
};

/// Words that only lead up to a code.
constexpr std::string_view fillers[] = {"error", "code", "codes", "status", "reason", "and",
                                        "the",   "with", "num",   "number", "or",     "errno"};

bool is_filler(const std::string& word) {
    return std::find(std::begin(fillers), std::end(fillers), word) != std::end(fillers);
}

std::vector<std::string> split(const std::vector<std::string>& arguments) {
    std::vector<std::string> words;
    for (const auto& argument : arguments) {
        std::string word;
        for (char c : argument + " ") {
            if (c != ' ' && c != '\t' && c != '\n' && c != '/' && c != '|') {
                word += c;
                continue;
            }
            word = bare(word);
            if (!word.empty()) words.push_back(word);
            word.clear();
        }
    }
    return words;
}

/// Goes through the words from left to right.
class Asking {
  public:
    Asking(const Model& model, std::vector<std::string> words, std::string_view only)
        : model_(model), words_(std::move(words)), only_(only) {}

    std::vector<Answer> answers() {
        while (at_ < words_.size()) step();
        drop_repeats();
        join_pair();
        return std::move(answers_);
    }

  private:
    void step() {
        if (take_context() || take_name()) return;
        const std::string& word = words_[at_++];
        const std::string_view table = only_.empty() ? context_ : only_;
        Answer answer{word, nullptr, {}, false};
        if (const auto number = read_number(word)) {
            answer.codes = find_number(model_, *number, table);
            context_ = {};
        } else if (is_filler(lower(word))) {
            return;
        }
        answers_.push_back(std::move(answer));
    }

    /// The longest run of words that is a name: "ee key too small", "protocol version".
    bool take_name() {
        constexpr std::size_t longest = 6;
        for (std::size_t count = std::min(longest, words_.size() - at_); count > 0; --count) {
            std::string name = words_[at_];
            for (std::size_t i = 1; i < count; ++i) name += " " + words_[at_ + i];
            if (read_number(name)) continue;
            Answer answer{name, nullptr, {}, false};
            look_up_name(name, answer);
            if (!answer.known() || is_filler(lower(name))) continue;
            context_ = {};
            at_ += count;
            answers_.push_back(std::move(answer));
            return true;
        }
        return false;
    }

    /// A name as its table writes it goes before an id that only reads alike: the TLS alert
    /// access_denied is not the explanation access-denied.
    void look_up_name(const std::string& name, Answer& answer) {
        if (only_.empty()) {
            const Entry* entry = find_entry(model_, name);
            if (entry && entry->id != name) answer.codes = find_exact_name(model_, name);
            if (answer.codes.empty()) answer.entry = entry;
        }
        if (!answer.known())
            answer.codes = find_name(model_, name, only_.empty() ? context_ : only_);
    }

    /// "TLS alert" in front of 70.
    bool take_context() {
        for (const auto& [phrase, table] : contexts) {
            std::size_t count = 1;
            for (char c : phrase) count += c == ' ';
            if (at_ + count >= words_.size() || !read_number(words_[at_ + count])) continue;
            std::string words = words_[at_];
            for (std::size_t i = 1; i < count; ++i) words += " " + words_[at_ + i];
            if (lower(words) != phrase) continue;
            context_ = table;
            at_ += count;
            return true;
        }
        return false;
    }

    /// "ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]" is one code.
    void drop_repeats() {
        std::vector<Answer> kept;
        for (auto& answer : answers_) {
            const bool repeated = answer.codes.size() == 1 &&
                                  std::any_of(kept.begin(), kept.end(), [&](const Answer& other) {
                                      return other.codes.size() == 1 &&
                                             other.codes.front().row == answer.codes.front().row;
                                  });
            if (!repeated) kept.push_back(std::move(answer));
        }
        answers_ = std::move(kept);
    }

    /// Microsoft's dialog shows a code and an extended one.
    void join_pair() {
        if (answers_.size() != 2) return;
        const auto pick = [](const Answer& answer, std::string_view table) -> const Found* {
            for (const auto& found : answer.codes)
                if (found.table->name == table) return &found;
            return nullptr;
        };
        const Found* code = pick(answers_[0], "mstsc");
        const Found* extended = pick(answers_[1], "mstsc-extended");
        if (!code || !extended) return;
        Answer both{answers_[0].asked + " " + answers_[1].asked, nullptr, {*code, *extended}, true};
        answers_ = {std::move(both)};
    }

    const Model& model_;
    std::vector<std::string> words_;
    std::string_view only_;
    std::string_view context_;
    std::size_t at_ = 0;
    std::vector<Answer> answers_;
};

}  // namespace

std::vector<Answer> look_up(const Model& model, const std::vector<std::string>& words,
                            std::string_view only) {
    return Asking(model, split(words), only).answers();
}

}  // namespace preflight::cli
