// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/log.hpp"

#include <algorithm>
#include <cctype>

namespace preflight::cli {
namespace {

constexpr std::size_t most_bytes = 4u << 20;
constexpr std::size_t longest_line = 4096;
constexpr std::size_t most_findings = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_sign(char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; }

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

/// What comes after the first `mark` in `text`; empty without one.
std::string_view after(std::string_view text, std::string_view mark) {
    const auto at = text.find(mark);
    return at == text.npos ? std::string_view() : text.substr(at + mark.size());
}

/// The run of signs at the beginning of `text` that a number may have.
std::string_view leading_number(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == ':' || text.front() == '['))
        text.remove_prefix(1);
    std::size_t end = 0;
    while (end < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[end])) || (end == 0 && text[end] == '-')))
        ++end;
    return text.substr(0, end);
}

/// "[18:23:15:240] [397:0000018e] [ERROR][com.freerdp.crypto] - [function]: text". FreeRDP 3 names
/// the function in brackets, FreeRDP 2 does not.
int major_of(std::string_view line) {
    const auto tag = line.find("][com.");
    const auto text = tag == line.npos ? tag : line.find("] - ", tag);
    if (text == line.npos) return 0;
    const bool bracket = line.substr(text + 4, 1) == "[";
    const auto end = line.find("]", text + 4);
    const bool function = bracket && end != line.npos &&
                          (line.substr(end + 1, 1) == ":" || line.substr(end + 1, 1) == "[");
    return function ? 3 : 2;
}

Weight weight_in_words(const std::string& weight) {
    if (weight == "cause") return Weight::cause;
    if (weight == "hint") return Weight::hint;
    return weight == "noise" ? Weight::noise : Weight::symptom;
}

/// Whether a host's own status, which has one cause, stands behind one of FreeRDP's codes.
bool is_told_by_host(const Model& model, const Found& found) {
    const auto rows = model.codes.find("ntstatus");
    if (rows == model.codes.end()) return false;
    return std::any_of(rows->second.begin(), rows->second.end(), [&](const auto& row) {
        const auto cell = row.second.columns.find("freerdp");
        return cell != row.second.columns.end() && cell->second == found.number() &&
               row.second.leads_to.size() == 1;
    });
}

/// How much a code tells where it stands in a log.
Weight weight_of(const Model& model, const Found& found) {
    const std::string_view table = found.table->name;
    if (table == "log") return weight_in_words(found.column("weight"));
    const bool one_cause = causes_of(model, found).size() == 1;
    if (table == "freerdp" && one_cause && is_told_by_host(model, found)) return Weight::cause;
    if (table == "freerdp" || table == "mstsc") return one_cause ? Weight::hint : Weight::symptom;
    // Kerberos is tried first and NTLM after it: a failure of one is not yet that of the sign-in.
    if (table == "krb5") return Weight::symptom;
    // A certificate with a defect may have been accepted all the same.
    if (table == "sspi" || table == "x509") return Weight::hint;
    if (table == "errinfo" && found.column("kind") != "failure") return Weight::hint;
    return one_cause ? Weight::cause : Weight::hint;
}

/// Takes line after line.
class Reader {
  public:
    explicit Reader(const Model& model) : model_(model) {
        if (const auto rows = model.codes.find("log"); rows != model.codes.end())
            for (const auto& [key, row] : rows->second)
                phrases_.push_back({lower(key), {&log_table(), key, &row}});
    }

    void take(std::string_view line) {
        ++reading_.lines;
        if (reading_.major == 0) reading_.major = major_of(line);
        take_verdict(line);
        take_names(line);
        take_numbers(line);
        const std::string small = lower(line);
        for (const auto& [phrase, found] : phrases_)
            if (small.find(phrase) != small.npos) add(found);
    }

    LogReading finish() {
        auto& all = reading_.findings;
        raise_kerberos();
        std::stable_sort(all.begin(), all.end(), [](const LogFinding& a, const LogFinding& b) {
            return a.weight < b.weight;
        });
        for (const auto& finding : all)
            if (finding.code.table && finding.code.table->name == "freerdp" && finding.count > 1)
                reading_.twice = true;
        return std::move(reading_);
    }

  private:
    /// Where the sign-in could not begin, nothing came after Kerberos.
    void raise_kerberos() {
        auto& all = reading_.findings;
        const bool no_sign_in = std::any_of(all.begin(), all.end(), [](const LogFinding& finding) {
            return finding.code.key == "NLA begin failed";
        });
        for (auto& finding : all)
            if (no_sign_in && finding.code.table && finding.code.table->name == "krb5")
                finding.weight = Weight::cause;
    }

    /// Our own report: its last line "  More  ID · …", or the only one, "preflight: ID: …".
    void take_verdict(std::string_view line) {
        std::string_view rest = after(line, "preflight: ");
        if (line.substr(0, 7) == "  More ") rest = line.substr(7);
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        const auto end = std::min(rest.find_first_of(" :\t"), rest.size());
        const std::string_view id = rest.substr(0, end);
        for (const auto& entry : model_.entries)
            if (entry.id == id) add({Weight::verdict, reading_.lines, 1, {}, &entry, true});
    }

    /// ERRCONNECT_…, STATUS_…, HYBRID_REQUIRED_BY_SERVER: capital letters with an underscore.
    void take_names(std::string_view line) {
        for (std::size_t at = 0; at < line.size();) {
            std::size_t end = at;
            while (end < line.size() && is_name_sign(line[end])) ++end;
            const auto name = line.substr(at, end - at);
            if (name.size() > 5 && name.find('_') != name.npos)
                for (const auto& found : find_exact_name(model_, name))
                    if (found.table->name != "xfreerdp-exit") add(found);
            at = std::max(end, at + 1);
        }
    }

    void take_numbers(std::string_view line) {
        take_number(line, "verification failure '", "x509", "(");
        take_number(line, "SSL alert number", "tls-alert");
        take_number(line, "krb5", "krb5", "[-");
        take_number(line, "nexpected HTTP status", "http-gateway", "[");
        take_number(line, "returned code is", "");
        take_number(line, "xtended error code", "mstsc-extended");
        if (line.find("xtended") == line.npos) take_number(line, "rror code:", "mstsc");
        take_alert(line);
        if (found_on_ == reading_.lines) return;
        take_number(line, "[0x0002", "freerdp", "[");
        take_number(line, "NTSTATUS", "ntstatus", "[");
    }

    /// The number behind `mark` (and behind `opening`, which follows somewhere), in `table`.
    void take_number(std::string_view line, std::string_view mark, std::string_view table,
                     std::string_view opening = {}) {
        const auto at = line.find(mark);
        if (at == line.npos) return;
        std::string_view rest = line.substr(opening == "[" ? at : at + mark.size());
        if (!opening.empty()) {
            const auto open = rest.find(opening);
            if (open == rest.npos) return;
            rest.remove_prefix(open + 1);
        }
        std::string number(leading_number(rest));
        if (table.empty()) number = "0x" + number;
        if (const auto read = read_number(number))
            for (const auto& found : find_number(model_, *read, table)) add(found);
    }

    /// OpenSSL's "tlsv1 alert internal error", where no number stands behind it.
    void take_alert(std::string_view line) {
        if (line.find("SSL alert number") != line.npos) return;
        if (line.find("SSL routines") == line.npos) return;
        std::string_view name = after(line, " alert ");
        name = name.substr(0, name.find(':'));
        while (!name.empty() && (name.back() == ' ' || name.back() == '\r')) name.remove_suffix(1);
        if (name.empty()) return;
        const bool in_handshake = line.find("BIO_read returned") == line.npos;
        for (const auto& found : find_name(model_, name, "tls-alert")) {
            // After the handshake it ends the sign-in, whatever it means before.
            LogFinding finding{weight_of(model_, found), reading_.lines, 1, found, nullptr, true};
            if (!in_handshake) finding.weight = Weight::symptom, finding.leads = false;
            add(finding);
        }
    }

    void add(const Found& found) {
        add({weight_of(model_, found), reading_.lines, 1, found, nullptr, true});
    }

    void add(LogFinding finding) {
        found_on_ = reading_.lines;
        for (auto& other : reading_.findings) {
            const bool same = other.entry == finding.entry &&
                              other.code.table == finding.code.table &&
                              other.code.key == finding.code.key;
            if (!same) continue;
            if (other.line != reading_.lines) ++other.count;
            return;
        }
        if (reading_.findings.size() < most_findings) reading_.findings.push_back(finding);
    }

    const Model& model_;
    std::vector<std::pair<std::string, Found>> phrases_;
    LogReading reading_;
    std::size_t found_on_ = 0;  ///< the last line on which something was found
};

}  // namespace

LogReading read_log(std::istream& in, const Model& model) {
    Reader reader(model);
    std::string line;
    std::size_t bytes = 0;
    bool cut = false;
    for (char c = 0; in.get(c);) {
        if (++bytes > most_bytes) {
            cut = true;
            break;
        }
        if (c != '\n' && line.size() < longest_line) line += c;
        if (c != '\n') continue;
        reader.take(line);
        line.clear();
    }
    if (!line.empty()) reader.take(line);
    LogReading reading = reader.finish();
    reading.cut = cut;
    return reading;
}

}  // namespace preflight::cli
