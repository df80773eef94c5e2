/*
 * Records what a process writes below one folder, in order, for the tests of power loss: preload it into the process with
 * RECORD_ROOT (the folder) and RECORD_LOG (a file outside it). One lock is held around each call and its record, so the
 * order of the log is the order on the disk. Calls that move bytes inside the kernel are refused; the JVM then reads and
 * writes instead. Each record is a struct head, the path, the other path, the bytes written.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum op { ROOT = 1, CREATE, WRITE, TRUNCATE, FORCE, RENAME, LINK, SYMLINK, UNLINK, MKDIR, MAP, SENT };

struct head {
  uint8_t op;
  uint8_t unused[3];
  uint16_t path;
  uint16_t other;
  uint64_t inode;
  uint64_t offset;
  uint64_t size;
};

#define FDS 65536
#define ANSWER "HTTP/1.1 "
#define ANSWER_KEPT 256

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int log_fd = -1;
static uint64_t inode_of[FDS];       /* 0: not below the root */
static unsigned char forced_of[FDS]; /* opened with O_SYNC or O_DSYNC */

#define REAL(name, type, ...)                            \
  static type (*real)(__VA_ARGS__);                      \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static void put(const void *bytes, size_t count) {
  const char *at = bytes;
  while (count > 0) {
    long written = syscall(SYS_write, log_fd, at, count);
    if (written < 0 && errno != EINTR) abort();
    if (written > 0) {
      at += written;
      count -= (size_t)written;
    }
  }
}

static void record_parts(enum op op, uint64_t inode, uint64_t offset, const char *path, const char *other,
                         const struct iovec *parts, int count, size_t bytes) {
  int kept = errno;
  struct head head = {.op = (uint8_t)op, .inode = inode, .offset = offset, .size = bytes};
  head.path = (uint16_t)(path ? strlen(path) : 0);
  head.other = (uint16_t)(other ? strlen(other) : 0);
  put(&head, sizeof head);
  if (path) put(path, head.path);
  if (other) put(other, head.other);
  for (int i = 0; i < count && bytes > 0; i++) {
    size_t length = parts[i].iov_len < bytes ? parts[i].iov_len : bytes;
    put(parts[i].iov_base, length);
    bytes -= length;
  }
  errno = kept;
}

static void record(enum op op, uint64_t inode, const char *path, const char *other) {
  record_parts(op, inode, 0, path, other, NULL, 0, 0);
}

/* A record whose size is not that of bytes behind it, like a truncation. */
static void record_size(enum op op, uint64_t inode, uint64_t size) {
  record_parts(op, inode, size, NULL, NULL, NULL, 0, 0);
}

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("RECORD_ROOT");
  const char *log = getenv("RECORD_LOG");
  struct stat status;
  if (!folder || !log || !realpath(folder, root) || stat(root, &status) != 0) return;
  root_length = strlen(root);
  log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (log_fd < 0) abort();
  record(ROOT, status.st_ino, root, NULL);
}

static int below(const char *path) {
  return log_fd >= 0 && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

/* The absolute path of what is meant, its parent resolved; whether it lies below the root. */
static int locate(int folder, const char *path, char *full) {
  char joined[PATH_MAX];
  char parent[PATH_MAX];
  int kept = errno;
  if (log_fd < 0 || !path) return 0;
  if (path[0] == '/') {
    if (strncmp(path, root, root_length) != 0 && !strstr(path, "/..")) return 0;
    snprintf(joined, sizeof joined, "%s", path);
  } else if (folder == AT_FDCWD) {
    if (!getcwd(parent, sizeof parent)) return 0;
    if (snprintf(joined, sizeof joined, "%s/%s", parent, path) >= PATH_MAX) return 0;
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, parent, sizeof parent - 1);
    if (length < 0) {
      errno = kept;
      return 0;
    }
    parent[length] = 0;
    if (snprintf(joined, sizeof joined, "%s/%s", parent, path) >= PATH_MAX) return 0;
  }
  size_t length = strlen(joined);
  while (length > 1 && joined[length - 1] == '/') joined[--length] = 0;
  char *slash = strrchr(joined, '/');
  if (!slash) return 0;
  if (strcmp(joined, root) == 0) {
    strcpy(full, root);
    return 1;
  }
  const char *name = slash + 1;
  *slash = 0;
  int found = realpath(joined[0] ? joined : "/", parent) != NULL;
  errno = kept;
  return found && snprintf(full, PATH_MAX, "%s/%s", parent, name) < PATH_MAX && below(full);
}

static uint64_t inode_at(const char *path) {
  struct stat status;
  int kept = errno;
  uint64_t inode = fstatat(AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status.st_ino : 0;
  errno = kept;
  return inode;
}

static void forget(int fd) {
  if (fd >= 0 && fd < FDS) inode_of[fd] = 0;
}

/* The C library closes some descriptors by itself (closedir), and the number may be a socket's next. */
static uint64_t recorded(int fd) {
  struct stat status;
  if (fd < 0 || fd >= FDS || inode_of[fd] == 0) return 0;
  int kept = errno;
  if (fstat(fd, &status) != 0 || status.st_ino != inode_of[fd] || S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode)) {
    forget(fd);
  }
  errno = kept;
  return inode_of[fd];
}

/* ---- opening and closing ---- */

static int opened(int folder, const char *path, int flags, mode_t mode) {
  char full[PATH_MAX];
  struct stat status;
  if (!locate(folder, path, full)) {
    int fd = (int)syscall(SYS_openat, folder, path, flags | O_LARGEFILE, mode);
    forget(fd);
    return fd;
  }
  pthread_mutex_lock(&lock);
  int there = inode_at(full) != 0;
  int fd = (int)syscall(SYS_openat, folder, path, flags | O_LARGEFILE, mode);
  if (fd >= FDS) abort();
  if (fd >= 0 && fstat(fd, &status) == 0) {
    inode_of[fd] = status.st_ino;
    forced_of[fd] = (flags & (O_SYNC | O_DSYNC)) != 0;
    if (!there) {
      record(CREATE, status.st_ino, full, NULL);
    } else if ((flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY) {
      record_size(TRUNCATE, status.st_ino, 0);
    }
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

#define MODE(flags)                              \
  mode_t mode = 0;                               \
  if ((flags) & (O_CREAT | O_TMPFILE)) {         \
    va_list rest;                                \
    va_start(rest, flags);                       \
    mode = va_arg(rest, mode_t);                 \
    va_end(rest);                                \
  }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __openat_2(int folder, const char *path, int flags) { return opened(folder, path, flags, 0); }
int __openat64_2(int folder, const char *path, int flags) { return opened(folder, path, flags, 0); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* fopen opens inside the C library, past this one: what it opens for writing below the root must not go unseen. */
static FILE *stream(const char *name, const char *path, const char *mode) {
  char full[PATH_MAX];
  FILE *(*real)(const char *, const char *) = (FILE * (*)(const char *, const char *)) dlsym(RTLD_NEXT, name);
  if (mode[0] != 'r' && locate(AT_FDCWD, path, full)) {
    pthread_mutex_lock(&lock);
    record(MAP, 0, full, NULL);
    pthread_mutex_unlock(&lock);
  }
  return real(path, mode);
}

FILE *fopen(const char *path, const char *mode) { return stream("fopen", path, mode); }
FILE *fopen64(const char *path, const char *mode) { return stream("fopen64", path, mode); }

int close(int fd) {
  REAL("close", int, int);
  if (!recorded(fd)) return real(fd);
  pthread_mutex_lock(&lock);
  forget(fd);
  int result = real(fd);
  pthread_mutex_unlock(&lock);
  return result;
}

static void copied(int from, int to) {
  if (from >= 0 && from < FDS && to >= 0 && to < FDS) {
    inode_of[to] = inode_of[from];
    forced_of[to] = forced_of[from];
  }
}

int dup(int fd) {
  REAL("dup", int, int);
  pthread_mutex_lock(&lock);
  int copy = real(fd);
  copied(fd, copy);
  pthread_mutex_unlock(&lock);
  return copy;
}

int dup2(int fd, int copy) {
  REAL("dup2", int, int, int);
  pthread_mutex_lock(&lock);
  int result = real(fd, copy);
  if (result >= 0) copied(fd, result);
  pthread_mutex_unlock(&lock);
  return result;
}

int dup3(int fd, int copy, int flags) {
  REAL("dup3", int, int, int, int);
  pthread_mutex_lock(&lock);
  int result = real(fd, copy, flags);
  if (result >= 0) copied(fd, result);
  pthread_mutex_unlock(&lock);
  return result;
}

/* ---- content ---- */

/* The beginning of an answer is noted before it leaves: what it promises counts from here on. */
static void note_answer(const struct iovec *parts, int count) {
  size_t length = strlen(ANSWER);
  if (log_fd < 0 || count < 1 || parts[0].iov_len < length || memcmp(parts[0].iov_base, ANSWER, length) != 0) return;
  struct iovec kept = {parts[0].iov_base, parts[0].iov_len < ANSWER_KEPT ? parts[0].iov_len : ANSWER_KEPT};
  pthread_mutex_lock(&lock);
  record_parts(SENT, 0, 0, NULL, NULL, &kept, 1, kept.iov_len);
  pthread_mutex_unlock(&lock);
}

/* offset: where to write; -1: where the file is */
static ssize_t written(int fd, const struct iovec *parts, int count, off_t offset) {
  uint64_t inode = recorded(fd);
  if (!inode) {
    note_answer(parts, count);
    return offset < 0 ? syscall(SYS_writev, fd, parts, count) : syscall(SYS_pwritev, fd, parts, count, offset, 0L);
  }
  pthread_mutex_lock(&lock);
  long result = offset < 0 ? syscall(SYS_writev, fd, parts, count)
                           : syscall(SYS_pwritev, fd, parts, count, offset, 0L);
  if (result > 0) {
    int kept = errno;
    off_t at = offset;
    if (offset < 0) {
      at = lseek(fd, 0, SEEK_CUR) - result;
    } else if (fcntl(fd, F_GETFL) & O_APPEND) {
      at = lseek(fd, 0, SEEK_END) - result;
    }
    errno = kept;
    record_parts(WRITE, inode, (uint64_t)at, NULL, NULL, parts, count, (size_t)result);
    if (forced_of[fd]) record(FORCE, inode, NULL, NULL);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

static ssize_t written_bytes(int fd, const void *bytes, size_t count, off_t offset) {
  struct iovec part = {(void *)bytes, count};
  return written(fd, &part, 1, offset);
}

ssize_t write(int fd, const void *bytes, size_t count) { return written_bytes(fd, bytes, count, -1); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return written_bytes(fd, bytes, count, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { return written_bytes(fd, bytes, count, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return written(fd, parts, count, -1); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return written(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return written(fd, parts, count, at); }

static int resized(int fd, off_t size) {
  uint64_t inode = recorded(fd);
  if (!inode) return (int)syscall(SYS_ftruncate, fd, size);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_ftruncate, fd, size);
  if (result == 0) record_size(TRUNCATE, inode, (uint64_t)size);
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int fd, off_t size) { return resized(fd, size); }
int ftruncate64(int fd, off64_t size) { return resized(fd, size); }

static int resized_at(const char *path, off_t size) {
  char full[PATH_MAX];
  if (!locate(AT_FDCWD, path, full)) return (int)syscall(SYS_truncate, path, size);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_truncate, path, size);
  if (result == 0) record_size(TRUNCATE, inode_at(full), (uint64_t)size);
  pthread_mutex_unlock(&lock);
  return result;
}

int truncate(const char *path, off_t size) { return resized_at(path, size); }
int truncate64(const char *path, off64_t size) { return resized_at(path, size); }

static int refused(int fd, int error) {
  if (!recorded(fd)) return 0;
  errno = error;
  return 1;
}

int fallocate(int fd, int mode, off_t offset, off_t length) {
  return refused(fd, EOPNOTSUPP) ? -1 : (int)syscall(SYS_fallocate, fd, mode, offset, length);
}

int fallocate64(int fd, int mode, off64_t offset, off64_t length) { return fallocate(fd, mode, offset, length); }

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
  return refused(out, EINVAL) ? -1 : syscall(SYS_copy_file_range, in, from, out, to, count, flags);
}

ssize_t sendfile(int out, int in, off_t *from, size_t count) {
  return refused(out, EINVAL) ? -1 : syscall(SYS_sendfile, out, in, from, count);
}

ssize_t sendfile64(int out, int in, off64_t *from, size_t count) { return sendfile(out, in, from, count); }

ssize_t splice(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
  return refused(out, EINVAL) ? -1 : syscall(SYS_splice, in, from, out, to, count, flags);
}

static void *mapped(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
  if (!(flags & MAP_ANONYMOUS) && (flags & MAP_SHARED) && (protection & PROT_WRITE) && recorded(fd)) {
    pthread_mutex_lock(&lock);
    record(MAP, recorded(fd), NULL, NULL);
    pthread_mutex_unlock(&lock);
  }
  return (void *)syscall(SYS_mmap, at, length, protection, flags, fd, offset);
}

void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
  return mapped(at, length, protection, flags, fd, offset);
}

void *mmap64(void *at, size_t length, int protection, int flags, int fd, off64_t offset) {
  return mapped(at, length, protection, flags, fd, offset);
}

static int forced(int fd, long call) {
  uint64_t inode = recorded(fd);
  if (!inode) return (int)syscall(call, fd);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(call, fd);
  if (result == 0) record(FORCE, inode, NULL, NULL);
  pthread_mutex_unlock(&lock);
  return result;
}

int fsync(int fd) { return forced(fd, SYS_fsync); }
int fdatasync(int fd) { return forced(fd, SYS_fdatasync); }

/* ---- names ---- */

static int renamed(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  char full[PATH_MAX];
  char other[PATH_MAX];
  int leaves = locate(from_folder, from, full);
  int enters = locate(to_folder, to, other);
  if (!leaves && !enters) return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
  if (leaves != enters || (flags & RENAME_EXCHANGE)) { /* the caller then copies and deletes */
    errno = EXDEV;
    return -1;
  }
  pthread_mutex_lock(&lock);
  uint64_t inode = inode_at(full);
  int result = (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
  if (result == 0) record(RENAME, inode, full, other);
  pthread_mutex_unlock(&lock);
  return result;
}

int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return renamed(a, from, b, to, flags); }

static int linked(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  char full[PATH_MAX];
  char other[PATH_MAX];
  int leaves = locate(from_folder, from, full);
  int enters = locate(to_folder, to, other);
  if (!enters) return (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
  if (!leaves) {
    errno = EXDEV;
    return -1;
  }
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
  if (result == 0) record(LINK, inode_at(full), full, other);
  pthread_mutex_unlock(&lock);
  return result;
}

int link(const char *from, const char *to) { return linked(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return linked(a, from, b, to, flags); }

static int linked_by_name(const char *text, int folder, const char *path) {
  char full[PATH_MAX];
  if (!locate(folder, path, full)) return (int)syscall(SYS_symlinkat, text, folder, path);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_symlinkat, text, folder, path);
  if (result == 0) record(SYMLINK, inode_at(full), full, text);
  pthread_mutex_unlock(&lock);
  return result;
}

int symlink(const char *text, const char *path) { return linked_by_name(text, AT_FDCWD, path); }
int symlinkat(const char *text, int folder, const char *path) { return linked_by_name(text, folder, path); }

static int unlinked(int folder, const char *path, int flags) {
  char full[PATH_MAX];
  if (!locate(folder, path, full)) return (int)syscall(SYS_unlinkat, folder, path, flags);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_unlinkat, folder, path, flags);
  if (result == 0) record(UNLINK, 0, full, NULL);
  pthread_mutex_unlock(&lock);
  return result;
}

int unlink(const char *path) { return unlinked(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return unlinked(folder, path, flags); }
int rmdir(const char *path) { return unlinked(AT_FDCWD, path, AT_REMOVEDIR); }

int remove(const char *path) {
  int result = unlinked(AT_FDCWD, path, 0);
  return result != 0 && (errno == EISDIR || errno == EPERM) ? unlinked(AT_FDCWD, path, AT_REMOVEDIR) : result;
}

static int made(int folder, const char *path, mode_t mode) {
  char full[PATH_MAX];
  if (!locate(folder, path, full)) return (int)syscall(SYS_mkdirat, folder, path, mode);
  pthread_mutex_lock(&lock);
  int result = (int)syscall(SYS_mkdirat, folder, path, mode);
  if (result == 0) record(MKDIR, inode_at(full), full, NULL);
  pthread_mutex_unlock(&lock);
  return result;
}

int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return made(folder, path, mode); }
