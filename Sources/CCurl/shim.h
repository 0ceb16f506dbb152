#ifndef STIMPORT_CCURL_SHIM_H
#define STIMPORT_CCURL_SHIM_H

#include <curl/curl.h>
#include <string.h>

// The prerequest callback, which tells "never left" from "unknown", came with 7.80.
#if LIBCURL_VERSION_NUM < 0x075000
#error "stimport needs libcurl 7.80.0 or later"
#endif

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift can't call,
// and their options are macros: one function for each type of argument.

static inline CURLcode stimport_curl_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

static inline CURLcode stimport_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode stimport_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// libcurl copies the text, so that it need not outlive the call.
static inline CURLcode stimport_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode stimport_curl_set_headers(CURL *handle, struct curl_slist *list) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
}

// libcurl does not copy the body: it must outlive the transfer.
static inline CURLcode stimport_curl_set_body(CURL *handle, const void *bytes, curl_off_t count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POST, 1L);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_POSTFIELDS, (const char *)bytes);
    return code;
}

typedef size_t (*stimport_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*stimport_curl_prereq_callback)(
    void *context, char *remote, char *local, int remote_port, int local_port);

static inline CURLcode stimport_curl_set_write(
    CURL *handle, stimport_curl_data_callback callback, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
    return code;
}

static inline CURLcode stimport_curl_set_header(
    CURL *handle, stimport_curl_data_callback callback, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, callback);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
    return code;
}

static inline CURLcode stimport_curl_set_prereq(
    CURL *handle, stimport_curl_prereq_callback callback, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_PREREQDATA, context);
    return code;
}

typedef int (*stimport_curl_debug_callback)(
    CURL *handle, curl_infotype type, char *bytes, size_t count, void *context);

// libcurl reports TLS messages to nobody else.
static inline CURLcode stimport_curl_set_debug(
    CURL *handle, stimport_curl_debug_callback callback, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, callback);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_DEBUGDATA, context);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    return code;
}

// One protocol, "https" or "http", for the request and for redirects (which are
// never followed in the first place).
static inline CURLcode stimport_curl_set_protocol(CURL *handle, int is_https) {
#if LIBCURL_VERSION_NUM >= 0x075500
    const char *name = is_https ? "https" : "http";
    CURLcode code = curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, name);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, name);
#else
    long mask = is_https ? CURLPROTO_HTTPS : CURLPROTO_HTTP;
    CURLcode code = curl_easy_setopt(handle, CURLOPT_PROTOCOLS, mask);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS, mask);
#endif
    return code;
}

static inline CURLcode stimport_curl_require_http11(CURL *handle) {
    return curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
}

static inline CURLcode stimport_curl_require_tls12(CURL *handle) {
    return curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
}

static inline long stimport_curl_response_code(CURL *handle) {
    long code = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
    return code;
}

static inline long stimport_curl_proxy_code(CURL *handle) {
    long code = 0;
    curl_easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &code);
    return code;
}

// Why the service's certificate was refused, as OpenSSL numbers it (X509_V_ERR_…), or -1 where another library checks.
static inline long stimport_curl_verification(CURL *handle) {
    const char *library = curl_version_info(CURLVERSION_NOW)->ssl_version;
    long code = -1;
    if (library == NULL || (strstr(library, "OpenSSL") == NULL && strstr(library, "LibreSSL") == NULL)) return -1;
    return curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &code) == CURLE_OK ? code : -1;
}

// Keeps what the service's certificates say, for stimport_curl_certificate.
static inline CURLcode stimport_curl_keep_certificates(CURL *handle) {
    return curl_easy_setopt(handle, CURLOPT_CERTINFO, 1L);
}

// What the service's own certificate says, as lines NAME:VALUE, or null. The handle keeps it.
static inline const struct curl_slist *stimport_curl_certificate(CURL *handle) {
    struct curl_certinfo *info = NULL;
    if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &info) != CURLE_OK) return NULL;
    return info != NULL && info->num_of_certs > 0 ? info->certinfo[0] : NULL;
}

// The next finished transfer, with its result, or null.
static inline CURL *stimport_curl_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}

#endif
