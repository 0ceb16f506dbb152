// Tells the Thread Sanitizer what it can't see of Swift's Mutex on Linux.
//
// A Mutex that nobody else holds is locked and unlocked by atomic instructions in the code that uses it, which the
// sanitizer watches. One that is contended goes on in libswiftSynchronization, which is not built with the sanitizer:
// that the thread which waited comes after the one that held it is lost, and every value behind such a Mutex is
// reported as a race. (Four threads that count up an Int in a Mutex are enough to see it.)
//
// These two functions take the place of the library's, call them, and say what they did. Nothing is suppressed: what
// is not behind the lock is reported as before.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

// Swift's calling convention hands over `self`, here the lock's address, in a register of its own.
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

// Synchronization._MutexHandle._lockSlow(UInt32) and ._unlockSlow()
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slow(uint32_t owner, SELF void *lock) __asm__(LOCK);
SWIFT void unlock_slow(SELF void *lock) __asm__(UNLOCK);

typedef SWIFT void lock_call(uint32_t owner, SELF void *lock);
typedef SWIFT void unlock_call(SELF void *lock);

// Absent in the programs that the tests start.
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

SWIFT void lock_slow(uint32_t owner, SELF void *lock) {
    ((lock_call *)dlsym(RTLD_NEXT, LOCK))(owner, lock);
    if (__tsan_acquire) __tsan_acquire(lock);
}

SWIFT void unlock_slow(SELF void *lock) {
    if (__tsan_release) __tsan_release(lock);
    ((unlock_call *)dlsym(RTLD_NEXT, UNLOCK))(lock);
}
