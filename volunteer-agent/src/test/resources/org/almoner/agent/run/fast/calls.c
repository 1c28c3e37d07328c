/*
 * Makes the calls of WASI preview 1 that the file /in/script asks for, with just the parameters it gives, and prints for each the
 * error number and a hash of the last 8 KiB of memory, where all its pointers lead. So two engines that print the same lines gave
 * the same answers.
 *
 * The script is a sequence of little-endian numbers. A record is the number of a function and its parameters, 64 bits each; or
 * POKE, an offset into the last 8 KiB, a length and octets; or END.
 */
#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name)))
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define FUNCTIONS(F) \
  F(0, args_get, (P(0), P(1)), (u32, u32), 2) \
  F(1, args_sizes_get, (P(0), P(1)), (u32, u32), 2) \
  F(2, clock_res_get, (P(0), P(1)), (u32, u32), 2) \
  F(3, clock_time_get, (P(0), L(1), P(2)), (u32, u64, u32), 3) \
  F(4, environ_get, (P(0), P(1)), (u32, u32), 2) \
  F(5, environ_sizes_get, (P(0), P(1)), (u32, u32), 2) \
  F(6, fd_advise, (P(0), L(1), L(2), P(3)), (u32, u64, u64, u32), 4) \
  F(7, fd_allocate, (P(0), L(1), L(2)), (u32, u64, u64), 3) \
  F(8, fd_close, (P(0)), (u32), 1) \
  F(9, fd_datasync, (P(0)), (u32), 1) \
  F(10, fd_fdstat_get, (P(0), P(1)), (u32, u32), 2) \
  F(11, fd_fdstat_set_flags, (P(0), P(1)), (u32, u32), 2) \
  F(12, fd_fdstat_set_rights, (P(0), L(1), L(2)), (u32, u64, u64), 3) \
  F(13, fd_filestat_get, (P(0), P(1)), (u32, u32), 2) \
  F(14, fd_filestat_set_size, (P(0), L(1)), (u32, u64), 2) \
  F(15, fd_filestat_set_times, (P(0), L(1), L(2), P(3)), (u32, u64, u64, u32), 4) \
  F(16, fd_pread, (P(0), P(1), P(2), L(3), P(4)), (u32, u32, u32, u64, u32), 5) \
  F(17, fd_prestat_dir_name, (P(0), P(1), P(2)), (u32, u32, u32), 3) \
  F(18, fd_prestat_get, (P(0), P(1)), (u32, u32), 2) \
  F(19, fd_pwrite, (P(0), P(1), P(2), L(3), P(4)), (u32, u32, u32, u64, u32), 5) \
  F(20, fd_read, (P(0), P(1), P(2), P(3)), (u32, u32, u32, u32), 4) \
  F(21, fd_readdir, (P(0), P(1), P(2), L(3), P(4)), (u32, u32, u32, u64, u32), 5) \
  F(22, fd_renumber, (P(0), P(1)), (u32, u32), 2) \
  F(23, fd_seek, (P(0), L(1), P(2), P(3)), (u32, u64, u32, u32), 4) \
  F(24, fd_sync, (P(0)), (u32), 1) \
  F(25, fd_tell, (P(0), P(1)), (u32, u32), 2) \
  F(26, fd_write, (P(0), P(1), P(2), P(3)), (u32, u32, u32, u32), 4) \
  F(27, path_create_directory, (P(0), P(1), P(2)), (u32, u32, u32), 3) \
  F(28, path_filestat_get, (P(0), P(1), P(2), P(3), P(4)), (u32, u32, u32, u32, u32), 5) \
  F(29, path_filestat_set_times, (P(0), P(1), P(2), P(3), L(4), L(5), P(6)), (u32, u32, u32, u32, u64, u64, u32), 7) \
  F(30, path_link, (P(0), P(1), P(2), P(3), P(4), P(5), P(6)), (u32, u32, u32, u32, u32, u32, u32), 7) \
  F(31, path_open, (P(0), P(1), P(2), P(3), P(4), L(5), L(6), P(7), P(8)), (u32, u32, u32, u32, u32, u64, u64, u32, u32), 9) \
  F(32, path_readlink, (P(0), P(1), P(2), P(3), P(4), P(5)), (u32, u32, u32, u32, u32, u32), 6) \
  F(33, path_remove_directory, (P(0), P(1), P(2)), (u32, u32, u32), 3) \
  F(34, path_rename, (P(0), P(1), P(2), P(3), P(4), P(5)), (u32, u32, u32, u32, u32, u32), 6) \
  F(35, path_symlink, (P(0), P(1), P(2), P(3), P(4)), (u32, u32, u32, u32, u32), 5) \
  F(36, path_unlink_file, (P(0), P(1), P(2)), (u32, u32, u32), 3) \
  F(37, poll_oneoff, (P(0), P(1), P(2), P(3)), (u32, u32, u32, u32), 4) \
  F(38, random_get, (P(0), P(1)), (u32, u32), 2) \
  F(39, sched_yield, (), (void), 0)

#define DECLARE(number, name, arguments, types, count) WASI(name) u32 name types;
FUNCTIONS(DECLARE)
WASI(proc_exit) _Noreturn void proc_exit(u32 code);

enum { EXIT = 40, POKE = 41, END = 42 };

#define SCRIPT_MAX (192u << 10)
#define ARENA ((u8 *)(__builtin_wasm_memory_size(0) * 65536u - 8192))

static u8 script[SCRIPT_MAX];
static char line[512];
static u32 used;

static void put_line(void) {
  u32 vector[2] = {(u32)line, used};
  u32 written;
  line[used++] = '\n';
  vector[1] = used;
  fd_write(1, (u32)vector, 1, (u32)&written);
  used = 0;
}

static void put_hex(u32 value, u32 digits) {
  while (digits-- > 0) {
    line[used++] = "0123456789abcdef"[value >> 4 * digits & 15];
  }
}

static u32 hash(void) {
  const u32 *words = (const u32 *)ARENA;
  u32 h = 2166136261u;
  for (u32 i = 0; i < 8192 / 4; i++) {
    h = (h ^ words[i]) * 16777619u;
  }
  return h;
}

static u32 load(void) {
  static const char name[] = "script";
  u32 fd;
  u32 sum;
  u32 vector[2] = {(u32)script, SCRIPT_MAX};
  if (path_open(3, 0, (u32)name, 6, 0, 2, 0, 0, (u32)&fd) != 0 || fd_read(fd, (u32)vector, 1, (u32)&sum) != 0) {
    proc_exit(99);
  }
  fd_close(fd);
  return sum;
}

#define P(i) ((u32)p[i])
#define L(i) (p[i])

void _start(void) {
  u64 p[9];
  load();
  for (u32 at = 0;;) {
    u32 what = *(const u32 *)(script + at);
    u32 answer;
    at += 4;
    switch (what) {
#define CASE(number, name, arguments, types, count)                            \
  case number:                                                                 \
    for (u32 i = 0; i < count; i++) {                                          \
      __builtin_memcpy(&p[i], script + at + 8 * i, 8);                         \
    }                                                                          \
    at += 8 * count;                                                           \
    answer = name arguments;                                                   \
    break;
      FUNCTIONS(CASE)
      case EXIT:
        proc_exit(*(const u32 *)(script + at));
      case POKE: {
        u32 offset = *(const u32 *)(script + at);
        u32 length = *(const u32 *)(script + at + 4);
        for (u32 i = 0; i < length; i++) {
          ARENA[offset + i] = script[at + 8 + i];
        }
        at += 8 + (length + 3 & ~3u);
        continue;
      }
      default:
        if (used > 0) {
          put_line();
        }
        return;
    }
    put_hex(answer, 2);
    put_hex(hash(), 8);
    if (used == 500) {
      put_line();
    }
  }
}
