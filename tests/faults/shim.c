/* Stands between a program and the C library for every call that changes a file below one
 * directory, counts these calls, and at a chosen one lets the machine fail: the process dies
 * before the call or halfway through it, the call is refused or takes only half, or the process
 * is stopped. It can also write down every call with its data, for a power cut to be replayed.
 *
 * Built by rig.py, loaded with LD_PRELOAD, armed from inside the process by `fault_arm`, or at
 * the start of the process by FAULT="mode at error kinds base".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum mode { OFF, WATCH, CRASH, TORN, FAIL, FAIL_ON, SHORT, STOP };
enum kind { OPEN = 1, WRITE = 2, CUT = 4, SYNC = 8, NAME = 16, RIGHTS = 32, READ = 64 };
enum verdict { GO, REFUSE, DIE_AFTER, HALF };

static enum mode mode = OFF;
static unsigned kinds;
static long at;
static int failure;
static char base[PATH_MAX];
static size_t base_length;
static long own_count, *count = &own_count;
static int trace = -1;

#define REAL(name) (__extension__({ \
        static __typeof__(name) *found; \
        if (!found) found = (__typeof__(name) *)dlsym(RTLD_NEXT, #name); \
        found; }))

/* `calls` is where the count is kept: memory shared with a parent survives the process. */
void fault_arm(int new_mode, long new_at, int new_failure, unsigned new_kinds, const char *new_base,
               const char *new_trace, long *calls)
{
    snprintf(base, sizeof base, "%s", new_base);
    base_length = strlen(base);
    at = new_at;
    failure = new_failure;
    kinds = new_kinds;
    count = calls ? calls : &own_count;
    *count = 0;
    if (new_trace && *new_trace)
        trace = REAL(open64)(new_trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    mode = new_mode;
}

__attribute__((constructor)) static void arm_from_environment(void)
{
    int new_mode, new_failure;
    long new_at;
    unsigned new_kinds;
    char new_base[PATH_MAX];
    const char *given = getenv("FAULT");
    if (given && sscanf(given, "%d %ld %d %u %4095s", &new_mode, &new_at, &new_failure, &new_kinds, new_base) == 5)
        fault_arm(new_mode, new_at, new_failure, new_kinds, new_base, NULL, NULL);
}

static int is_below(const char *path)
{
    return !strncmp(path, base, base_length) && (path[base_length] == '/' || !path[base_length]);
}

/* The path that an open descriptor stands for; false when it is not one of ours. */
static int path_of(int fd, char *path)
{
    char link[40];
    int kept = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    errno = kept;
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

/* A name as the kernel would find it, not following the last part; false when it is not ours. */
static int resolve(int folder, const char *name, char *path)
{
    char start[PATH_MAX] = "";
    if (name[0] != '/') {
        if (folder == AT_FDCWD) {
            if (!getcwd(start, sizeof start)) return 0;
        } else if (!path_of(folder, start)) {
            return 0;
        }
    }
    snprintf(path, PATH_MAX, "%.2000s%s%.2000s", start, *start ? "/" : "", name);
    return is_below(path);
}

static enum verdict due(enum kind kind)
{
    if (!(kinds & kind)) return GO;
    long number = __atomic_add_fetch(count, 1, __ATOMIC_SEQ_CST);
    if (number != at && !(mode == FAIL_ON && number > at)) return GO;
    switch (mode) {
    case CRASH: _exit(137);
    case STOP: kill(getpid(), SIGSTOP); return GO;
    case TORN: return DIE_AFTER;
    case SHORT: return HALF;
    case FAIL: case FAIL_ON: errno = failure; return REFUSE;
    default: return GO;
    }
}

/* One record: a line of what was done, then its data. */
static void note(const char *what, const char *path, const char *other, long long place, const void *data,
                 size_t size)
{
    if (trace < 0) return;
    int kept = errno;
    char line[2 * PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%s\t%lld\t%zu\t%.4000s\t%.4000s\n", what, place, size, path, other);
    if (REAL(write)(trace, line, length) != length || (size && REAL(write)(trace, data, size) != (ssize_t)size))
        abort();
    errno = kept;
}

/* The common course of a call that is refused, or done and then noted or died of. */
#define COURSE(kind, ours, call, noted) do { \
        if (mode == OFF || !(ours)) return (call); \
        enum verdict verdict = due(kind); \
        if (verdict == REFUSE) return -1; \
        __typeof__(call) result = (call); \
        if (verdict == DIE_AFTER) _exit(137); \
        if (result >= 0) { noted; } \
        return result; \
    } while (0)

static int opened(int folder, const char *name, int flags, mode_t rights)
{
    char path[PATH_MAX];
    struct stat status;
    int changes = (flags & O_CREAT) || (flags & O_ACCMODE) != O_RDONLY;
    int ours = mode != OFF && resolve(folder, name, path);
    int fresh = ours && (flags & O_CREAT) && lstat(path, &status) < 0;
    int emptied = ours && !fresh && (flags & O_TRUNC);
    COURSE(changes ? OPEN : READ, ours, REAL(openat64)(folder, name, flags, rights),
           if (fresh || emptied) note(fresh ? "create" : "cut", path, "", 0, NULL, 0));
}

#define RIGHTS_OF(flags) ({ \
        mode_t rights = 0; \
        if ((flags) & O_CREAT) { \
            va_list rest; \
            va_start(rest, flags); \
            rights = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        rights; })

int open(const char *name, int flags, ...) { return opened(AT_FDCWD, name, flags, RIGHTS_OF(flags)); }
int open64(const char *name, int flags, ...) { return opened(AT_FDCWD, name, flags, RIGHTS_OF(flags)); }
int openat(int folder, const char *name, int flags, ...) { return opened(folder, name, flags, RIGHTS_OF(flags)); }
int openat64(int folder, const char *name, int flags, ...) { return opened(folder, name, flags, RIGHTS_OF(flags)); }

/* A write at a place; at -1 where the descriptor stands, which for O_APPEND is the end. */
static ssize_t written(int fd, const void *data, size_t size, off64_t place)
{
    char path[PATH_MAX];
    int ours = mode != OFF && path_of(fd, path);
    enum verdict verdict = ours ? due(WRITE) : GO;
    if (verdict == REFUSE) return -1;
    if (verdict == HALF || verdict == DIE_AFTER) size = (size + 1) / 2;
    off64_t noted = place;
    if (ours && place < 0)
        noted = lseek64(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    ssize_t result = place < 0 ? REAL(write)(fd, data, size) : REAL(pwrite64)(fd, data, size, place);
    if (verdict == DIE_AFTER) _exit(137);
    if (ours && result >= 0) note("write", path, "", noted, data, result);
    return result;
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, -1); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) { return written(fd, data, size, place); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) { return written(fd, data, size, place); }

static int cut(int fd, off64_t length)
{
    char path[PATH_MAX];
    COURSE(CUT, path_of(fd, path), REAL(ftruncate64)(fd, length), note("cut", path, "", length, NULL, 0));
}

int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

int fsync(int fd)
{
    char path[PATH_MAX];
    COURSE(SYNC, path_of(fd, path), REAL(fsync)(fd), note("sync", path, "", 0, NULL, 0));
}

int fdatasync(int fd)
{
    char path[PATH_MAX];
    COURSE(SYNC, path_of(fd, path), REAL(fdatasync)(fd), note("sync", path, "", 0, NULL, 0));
}

static int renamed(int from_folder, const char *from, int to_folder, const char *to)
{
    char old[PATH_MAX], new[PATH_MAX];
    int ours = mode != OFF && resolve(from_folder, from, old) && resolve(to_folder, to, new);
    COURSE(NAME, ours, REAL(renameat)(from_folder, from, to_folder, to), note("rename", old, new, 0, NULL, 0));
}

int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to); }

static int linked(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    char old[PATH_MAX], new[PATH_MAX];
    int ours = mode != OFF && resolve(from_folder, from, old) && resolve(to_folder, to, new);
    COURSE(NAME, ours, REAL(linkat)(from_folder, from, to_folder, to, flags), note("link", old, new, 0, NULL, 0));
}

int link(const char *from, const char *to) { return linked(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return linked(a, from, b, to, flags); }

static int unlinked(int folder, const char *name, int flags)
{
    char path[PATH_MAX];
    int ours = mode != OFF && resolve(folder, name, path);
    COURSE(NAME, ours, REAL(unlinkat)(folder, name, flags), note("unlink", path, "", 0, NULL, 0));
}

int unlink(const char *name) { return unlinked(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinked(AT_FDCWD, name, AT_REMOVEDIR); }
int unlinkat(int folder, const char *name, int flags) { return unlinked(folder, name, flags); }

static int made(int folder, const char *name, mode_t rights)
{
    char path[PATH_MAX];
    int ours = mode != OFF && resolve(folder, name, path);
    COURSE(NAME, ours, REAL(mkdirat)(folder, name, rights), note("mkdir", path, "", 0, NULL, 0));
}

int mkdir(const char *name, mode_t rights) { return made(AT_FDCWD, name, rights); }
int mkdirat(int folder, const char *name, mode_t rights) { return made(folder, name, rights); }

int fchmod(int fd, mode_t rights)
{
    char path[PATH_MAX];
    COURSE(RIGHTS, path_of(fd, path), REAL(fchmod)(fd, rights), (void)0);
}

int fchown(int fd, uid_t owner, gid_t group)
{
    char path[PATH_MAX];
    COURSE(RIGHTS, path_of(fd, path), REAL(fchown)(fd, owner, group), (void)0);
}

int chmod(const char *name, mode_t rights)
{
    char path[PATH_MAX];
    COURSE(RIGHTS, resolve(AT_FDCWD, name, path), REAL(chmod)(name, rights), (void)0);
}

int fchmodat(int folder, const char *name, mode_t rights, int flags)
{
    char path[PATH_MAX];
    COURSE(RIGHTS, resolve(folder, name, path), REAL(fchmodat)(folder, name, rights, flags), (void)0);
}

int chown(const char *name, uid_t owner, gid_t group)
{
    char path[PATH_MAX];
    COURSE(RIGHTS, resolve(AT_FDCWD, name, path), REAL(chown)(name, owner, group), (void)0);
}

int lchown(const char *name, uid_t owner, gid_t group)
{
    char path[PATH_MAX];
    COURSE(RIGHTS, resolve(AT_FDCWD, name, path), REAL(lchown)(name, owner, group), (void)0);
}

int fchownat(int folder, const char *name, uid_t owner, gid_t group, int flags)
{
    char path[PATH_MAX];
    COURSE(RIGHTS, resolve(folder, name, path), REAL(fchownat)(folder, name, owner, group, flags), (void)0);
}

/* Reading changes nothing, but a broken disk refuses it too; never torn, never noted. */
static ssize_t taken(int fd, void *data, size_t size, off64_t place)
{
    char path[PATH_MAX];
    ssize_t (*real_read)(int, void *, size_t) = REAL(read);
    COURSE(READ, (kinds & READ) && path_of(fd, path),
           place < 0 ? real_read(fd, data, size) : REAL(pread64)(fd, data, size, place), (void)0);
}

ssize_t read(int fd, void *data, size_t size) { return taken(fd, data, size, -1); }
ssize_t pread(int fd, void *data, size_t size, off_t place) { return taken(fd, data, size, place); }
ssize_t pread64(int fd, void *data, size_t size, off64_t place) { return taken(fd, data, size, place); }
