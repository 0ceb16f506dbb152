#include "CCurl.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>

struct stimport_curl_functions stimport_curl;

// By the number of its interface, which has been 4 since 2006. The first that is there counts: they differ in the
// library that encrypts.
static const char *const names[] = {
#ifdef __APPLE__
    "libcurl.4.dylib",
#else
    "libcurl.so.4", "libcurl-gnutls.so.4", "libcurl-nss.so.4",
#endif
};

static char failure[512];

static const char *failed(const char *reason) {
    snprintf(failure, sizeof failure, "%s", reason != NULL ? reason : "it can't be loaded");
    return failure;
}

const char *stimport_curl_load(void) {
    void *library = NULL;
    for (size_t index = 0; index < sizeof names / sizeof *names && library == NULL; index++) {
        library = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
        // Of several, the first is the one to install.
        if (library == NULL && index == 0) failed(dlerror());
    }
    if (library == NULL) return failure;

#define LOAD(name) \
    do { \
        void *function = dlsym(library, "curl_" #name); \
        if (function == NULL) return failed("it lacks curl_" #name); \
        *(void **)&stimport_curl.name = function; \
    } while (0)
    LOAD(version_info);
    LOAD(global_init);
    LOAD(easy_init);
    LOAD(easy_setopt);
    LOAD(easy_getinfo);
    LOAD(easy_perform);
    LOAD(easy_cleanup);
    LOAD(easy_strerror);
    LOAD(multi_init);
    LOAD(multi_add_handle);
    LOAD(multi_remove_handle);
    LOAD(multi_perform);
    LOAD(multi_poll);
    LOAD(multi_wakeup);
    LOAD(multi_info_read);
    LOAD(multi_cleanup);
    LOAD(slist_append);
    LOAD(slist_free_all);
#undef LOAD

    const curl_version_info_data *version = stimport_curl.version_info(CURLVERSION_NOW);
    // What the headers promised when this was built need not be what is installed here.
    if (version->version_num < 0x075000) {
        snprintf(failure, sizeof failure, "it is version %s", version->version);
        return failure;
    }
    return stimport_curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? NULL : failed("it could not be initialized");
}
