#ifndef STIMPORT_CSQLITE_SHIM_H
#define STIMPORT_CSQLITE_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/types.h>

#ifdef __linux__
#include <linux/falloc.h>
// glibc declares it only with _GNU_SOURCE, which comes too late here.
extern int fallocate(int descriptor, int mode, off_t offset, off_t length);
#endif

// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which Swift does not
// import; sqlite3_config and sqlite3_db_config are variadic. A null pointer would bind NULL, and an
// empty Swift buffer may have one: it means the empty text.

static inline int shim_bind_text_copy(sqlite3_stmt *statement, int index, const void *text, int length) {
    return sqlite3_bind_text(statement, index, text ? (const char *)text : "", length, SQLITE_TRANSIENT);
}

static inline int shim_bind_text_borrowed(sqlite3_stmt *statement, int index, const void *text, int length) {
    return sqlite3_bind_text(statement, index, text ? (const char *)text : "", length, SQLITE_STATIC);
}

// Without SQLite's count of its memory, whose lock every allocation takes.
static inline int shim_forget_memory_status(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static inline int shim_set_defensive(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

static inline int shim_limit_double_quoted_strings(sqlite3 *database) {
    int result = sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
    return result != SQLITE_OK ? result : sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
}

static inline int shim_keep_log_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

// Gives a file blocks behind its end, which stays where it is. Returns 0 or what errno would hold.
static inline int shim_set_blocks_aside(int descriptor, off_t length) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) return errno;
#ifdef __linux__
    while (fallocate(descriptor, FALLOC_FL_KEEP_SIZE, status.st_size, length) != 0) {
        if (errno != EINTR) return errno;
    }
    return 0;
#elif defined(F_PREALLOCATE)
    fstore_t request = {F_ALLOCATEALL, F_PEOFPOSMODE, 0, length, 0};
    return fcntl(descriptor, F_PREALLOCATE, &request) == 0 ? 0 : errno;
#else
    return ENOTSUP;
#endif
}

#endif
