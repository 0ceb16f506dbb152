#ifndef STIMPORT_CCURL_H
#define STIMPORT_CCURL_H

#if defined(__has_include)
#if !__has_include(<curl/curl.h>)
#error "libcurl's headers are missing (Debian: apt-get install libcurl4-openssl-dev)"
#endif
#endif

#include <curl/curl.h>
#include <string.h>

// The prerequest callback, which tells "never left" from "unknown", came with 7.80.
#if LIBCURL_VERSION_NUM < 0x075000
#error "stimport needs libcurl 7.80.0 or later"
#endif

// libcurl's functions. The library is loaded when something is to be posted, since it brings some thirty others
// along, whose loading is most of the time that a start would take.
struct stimport_curl_functions {
    curl_version_info_data *(*version_info)(CURLversion);
    CURLcode (*global_init)(long);
    CURL *(*easy_init)(void);
    CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
    CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
    CURLcode (*easy_perform)(CURL *);
    void (*easy_cleanup)(CURL *);
    const char *(*easy_strerror)(CURLcode);
    CURLM *(*multi_init)(void);
    CURLMcode (*multi_add_handle)(CURLM *, CURL *);
    CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
    CURLMcode (*multi_perform)(CURLM *, int *);
    CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd *, unsigned int, int, int *);
    CURLMcode (*multi_wakeup)(CURLM *);
    CURLMsg *(*multi_info_read)(CURLM *, int *);
    CURLMcode (*multi_cleanup)(CURLM *);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
};

extern struct stimport_curl_functions stimport_curl;

// Loads libcurl and sets it up. To be called once, before anything else here, and by one thread.
//
// Returns null, or why it can't be used: a text that stays.
const char *stimport_curl_load(void);

static inline CURL *stimport_curl_easy_init(void) { return stimport_curl.easy_init(); }
static inline CURLcode stimport_curl_easy_perform(CURL *handle) { return stimport_curl.easy_perform(handle); }
static inline void stimport_curl_easy_cleanup(CURL *handle) { stimport_curl.easy_cleanup(handle); }
static inline const char *stimport_curl_easy_strerror(CURLcode code) { return stimport_curl.easy_strerror(code); }
static inline CURLM *stimport_curl_multi_init(void) { return stimport_curl.multi_init(); }
static inline CURLMcode stimport_curl_multi_add_handle(CURLM *multi, CURL *handle) {
    return stimport_curl.multi_add_handle(multi, handle);
}
static inline CURLMcode stimport_curl_multi_remove_handle(CURLM *multi, CURL *handle) {
    return stimport_curl.multi_remove_handle(multi, handle);
}
static inline CURLMcode stimport_curl_multi_perform(CURLM *multi, int *running) {
    return stimport_curl.multi_perform(multi, running);
}
static inline CURLMcode stimport_curl_multi_wait(CURLM *multi, int milliseconds) {
    return stimport_curl.multi_poll(multi, NULL, 0, milliseconds, NULL);
}
static inline CURLMcode stimport_curl_multi_wakeup(CURLM *multi) { return stimport_curl.multi_wakeup(multi); }
static inline CURLMcode stimport_curl_multi_cleanup(CURLM *multi) { return stimport_curl.multi_cleanup(multi); }
static inline struct curl_slist *stimport_curl_slist_append(struct curl_slist *list, const char *line) {
    return stimport_curl.slist_append(list, line);
}
static inline void stimport_curl_slist_free_all(struct curl_slist *list) {
    if (list != NULL) stimport_curl.slist_free_all(list);
}

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift can't call,
// and their options are macros: one function for each type of argument.

static inline CURLcode stimport_curl_set_long(CURL *handle, CURLoption option, long value) {
    return stimport_curl.easy_setopt(handle, option, value);
}

static inline CURLcode stimport_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return stimport_curl.easy_setopt(handle, option, value);
}

// libcurl copies the text, so that it need not outlive the call.
static inline CURLcode stimport_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return stimport_curl.easy_setopt(handle, option, value);
}

static inline CURLcode stimport_curl_set_headers(CURL *handle, struct curl_slist *list) {
    return stimport_curl.easy_setopt(handle, CURLOPT_HTTPHEADER, list);
}

// libcurl does not copy the body: it must outlive the transfer.
static inline CURLcode stimport_curl_set_body(CURL *handle, const void *bytes, curl_off_t count) {
    CURLcode code = stimport_curl.easy_setopt(handle, CURLOPT_POST, 1L);
    if (code == CURLE_OK) code = stimport_curl.easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
    if (code == CURLE_OK) code = stimport_curl.easy_setopt(handle, CURLOPT_POSTFIELDS, (const char *)bytes);
    return code;
}

typedef size_t (*stimport_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*stimport_curl_prereq_callback)(
    void *context, char *remote, char *local, int remote_port, int local_port);

static inline CURLcode stimport_curl_set_write(
    CURL *handle, stimport_curl_data_callback callback, void *context) {
    CURLcode code = stimport_curl.easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
    if (code == CURLE_OK) code = stimport_curl.easy_setopt(handle, CURLOPT_WRITEDATA, context);
    return code;
}

static inline CURLcode stimport_curl_set_header(
    CURL *handle, stimport_curl_data_callback callback, void *context) {
    CURLcode code = stimport_curl.easy_setopt(handle, CURLOPT_HEADERFUNCTION, callback);
    if (code == CURLE_OK) code = stimport_curl.easy_setopt(handle, CURLOPT_HEADERDATA, context);
    return code;
}

static inline CURLcode stimport_curl_set_prereq(
    CURL *handle, stimport_curl_prereq_callback callback, void *context) {
    CURLcode code = stimport_curl.easy_setopt(handle, CURLOPT_PREREQFUNCTION, callback);
    if (code == CURLE_OK) code = stimport_curl.easy_setopt(handle, CURLOPT_PREREQDATA, context);
    return code;
}

typedef int (*stimport_curl_debug_callback)(
    CURL *handle, curl_infotype type, char *bytes, size_t count, void *context);

// libcurl reports TLS messages to nobody else.
static inline CURLcode stimport_curl_set_debug(
    CURL *handle, stimport_curl_debug_callback callback, void *context) {
    CURLcode code = stimport_curl.easy_setopt(handle, CURLOPT_DEBUGFUNCTION, callback);
    if (code == CURLE_OK) code = stimport_curl.easy_setopt(handle, CURLOPT_DEBUGDATA, context);
    if (code == CURLE_OK) code = stimport_curl.easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    return code;
}

// One protocol, "https" or "http", for the request and for redirects (which are
// never followed in the first place).
static inline CURLcode stimport_curl_set_protocol(CURL *handle, int is_https) {
#if LIBCURL_VERSION_NUM >= 0x075500
    const char *name = is_https ? "https" : "http";
    CURLcode code = stimport_curl.easy_setopt(handle, CURLOPT_PROTOCOLS_STR, name);
    if (code == CURLE_OK) code = stimport_curl.easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, name);
#else
    long mask = is_https ? CURLPROTO_HTTPS : CURLPROTO_HTTP;
    CURLcode code = stimport_curl.easy_setopt(handle, CURLOPT_PROTOCOLS, mask);
    if (code == CURLE_OK) code = stimport_curl.easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS, mask);
#endif
    return code;
}

static inline CURLcode stimport_curl_require_http11(CURL *handle) {
    return stimport_curl.easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
}

static inline CURLcode stimport_curl_require_tls12(CURL *handle) {
    return stimport_curl.easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
}

static inline long stimport_curl_response_code(CURL *handle) {
    long code = 0;
    stimport_curl.easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
    return code;
}

static inline long stimport_curl_proxy_code(CURL *handle) {
    long code = 0;
    stimport_curl.easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &code);
    return code;
}

// Why the service's certificate was refused, as OpenSSL numbers it (X509_V_ERR_…), or -1 where another library checks.
static inline long stimport_curl_verification(CURL *handle) {
    const char *library = stimport_curl.version_info(CURLVERSION_NOW)->ssl_version;
    long code = -1;
    if (library == NULL || (strstr(library, "OpenSSL") == NULL && strstr(library, "LibreSSL") == NULL)) return -1;
    return stimport_curl.easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &code) == CURLE_OK ? code : -1;
}

// Keeps what the service's certificates say, for stimport_curl_certificate.
static inline CURLcode stimport_curl_keep_certificates(CURL *handle) {
    return stimport_curl.easy_setopt(handle, CURLOPT_CERTINFO, 1L);
}

// What the service's own certificate says, as lines NAME:VALUE, or null. The handle keeps it.
static inline const struct curl_slist *stimport_curl_certificate(CURL *handle) {
    struct curl_certinfo *info = NULL;
    if (stimport_curl.easy_getinfo(handle, CURLINFO_CERTINFO, &info) != CURLE_OK) return NULL;
    return info != NULL && info->num_of_certs > 0 ? info->certinfo[0] : NULL;
}

// The next finished transfer, with its result, or null.
static inline CURL *stimport_curl_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = stimport_curl.multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}

#endif
