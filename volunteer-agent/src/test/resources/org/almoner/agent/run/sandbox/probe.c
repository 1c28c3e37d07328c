/* Tries to get out of the sandbox it runs in, and prints how each try ended: a line of "what: answer". */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long answer) {
    printf("%s: %s\n", what, answer >= 0 ? "done" : strerrorname_np(errno));
    fflush(stdout);
}

#define CALL(name, ...) say(#name, syscall(SYS_##name, ##__VA_ARGS__, 0L, 0L, 0L, 0L, 0L))

/* Calls by number, for those that the headers of some distributions lack. */
static void by_number(const char *name, long number) { say(name, syscall(number, 0L, 0L, 0L, 0L, 0L, 0L)); }

static void kernel(void) {
    CALL(ptrace, 0L);
    CALL(process_vm_readv, (long)getppid());
    CALL(process_vm_writev, (long)getppid());
    CALL(unshare, (long)CLONE_NEWUSER);
    CALL(setns, 0L);
    CALL(mount);
    CALL(umount2);
    CALL(pivot_root);
    CALL(chroot, "/");
    CALL(bpf);
    CALL(perf_event_open);
    CALL(userfaultfd);
    CALL(add_key);
    CALL(request_key);
    CALL(keyctl);
    CALL(kexec_load);
    CALL(init_module);
    CALL(finit_module);
    CALL(delete_module);
    CALL(open_by_handle_at);
    CALL(name_to_handle_at);
    CALL(quotactl);
    CALL(swapon);
    CALL(reboot);
    CALL(acct);
    CALL(sethostname, "x", 1L);
    CALL(setdomainname, "x", 1L);
    CALL(settimeofday);
    CALL(clock_settime);
    CALL(adjtimex);
    CALL(syslog);
    CALL(vhangup);
    CALL(memfd_create, "x");
    CALL(shmget, 0L, 4096L, 0600L);
    CALL(semget, 0L, 1L, 0600L);
    CALL(msgget, 0L, 0600L);
    CALL(mq_open, "x");
    CALL(vmsplice);
    CALL(splice);
    CALL(tee);
    CALL(sync);
    CALL(sched_setaffinity);
    CALL(sched_setscheduler);
    CALL(ioprio_set);
    CALL(setxattr);
    CALL(fanotify_init);
    CALL(inotify_init1);
    CALL(seccomp);
    CALL(socket, (long)AF_INET, (long)SOCK_STREAM);
    CALL(socketpair, (long)AF_UNIX, (long)SOCK_STREAM);
    CALL(connect);
    CALL(bind);
    by_number("io_uring_setup", 425);
    by_number("open_tree", 428);
    by_number("move_mount", 429);
    by_number("fsopen", 430);
    by_number("pidfd_open", 434);
    by_number("clone3", 435);
    by_number("pidfd_getfd", 438);
    by_number("process_madvise", 440);
    by_number("mount_setattr", 442);
    by_number("memfd_secret", 447);
    by_number("not_yet_invented", 2000);
    say("clone_newuser", syscall(SYS_clone, (long)(CLONE_NEWUSER | SIGCHLD), 0L, 0L, 0L, 0L));
    say("clone_newnet", syscall(SYS_clone, (long)(CLONE_NEWNET | SIGCHLD), 0L, 0L, 0L, 0L));
    char typed = 'x';
    say("tiocsti", ioctl(0, TIOCSTI, &typed));
    say("tiocsti_high_half", syscall(SYS_ioctl, 0L, (long)TIOCSTI | 1L << 32, &typed));
    say("shared_memory", (long)mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    say("huge_pages", (long)mmap(0, 1 << 21, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0));
    say("private_memory", (long)mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == -1 ? -1 : 0);
    say("personality", syscall(SYS_personality, 0x0040000L));
    say("prctl_no_filter", prctl(PR_SET_SECCOMP, 0, 0, 0, 0));
}

/* What fcntl() could do beyond numbers, flags and locks. */
static void open_files(void) {
    int ends[2];
    int file = open("/out/leased", O_RDWR | O_CREAT, 0600);
    int folder = open("/out", O_RDONLY | O_DIRECTORY);
    struct flock part = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    if (pipe(ends) != 0 || file < 0 || folder < 0) return;
    say("larger_pipe", fcntl(ends[0], F_SETPIPE_SZ, 1 << 20));
    say("larger_pipe_high_half", syscall(SYS_fcntl, (long)ends[0], (long)F_SETPIPE_SZ | 1L << 32, 1L << 20));
    printf("pipe: %d\n", fcntl(ends[0], F_GETPIPE_SZ));
    say("lease", fcntl(file, F_SETLEASE, F_RDLCK));
    say("notify", fcntl(folder, F_NOTIFY, DN_CREATE | DN_MULTISHOT));
    say("signals_of_a_file", fcntl(file, F_SETOWN, getpid()));
    say("signals_by_number", fcntl(file, F_SETSIG, SIGUSR1));
    say("lock", fcntl(file, F_SETLK, &part));
    for (int i = 0; i < 2; i++) close(ends[i]);
    close(file);
    close(folder);
}

/* How a child that runs one call of another kind of processor ends. */
static void foreign(const char *what, int kind) {
    pid_t child = fork();
    if (child == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
#ifdef __x86_64__
        if (kind == 0) {
            long answer = 20; /* getpid of 32 bits */
            __asm__ volatile("int $0x80" : "+a"(answer) : : "memory");
        } else {
            syscall(0x40000000L | 39);
        }
#endif
        _exit(kind);
    }
    int status = 0;
    waitpid(child, &status, 0);
    printf("%s: %s\n", what, WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS ? "killed" : "done");
}

static void reach(const char *what, const char *path, int flags) {
    int file = open(path, flags, 0600);
    say(what, file);
    if (file >= 0) close(file);
}

static int count(const char *folder, int numbers) {
    DIR *listing = opendir(folder);
    int found = 0;
    for (struct dirent *one; listing && (one = readdir(listing));) {
        if (numbers ? (one->d_name[0] >= '0' && one->d_name[0] <= '9') : one->d_name[0] != '.') found++;
    }
    if (listing) closedir(listing);
    return found;
}

static void files(const char *key, const char *victim) {
    char path[4096];
    reach("home_of_root", "/root", O_RDONLY);
    reach("homes", "/home", O_RDONLY);
    reach("key", key, O_RDONLY);
    snprintf(path, sizeof path, "/proc/1/root%s", key);
    reach("key_by_proc_root", path, O_RDONLY);
    snprintf(path, sizeof path, "/proc/self/cwd/../../../../..%s", key);
    reach("key_by_climbing", path, O_RDONLY);
    reach("passwords", "/etc/shadow", O_RDONLY);
    reach("users", "/etc/passwd", O_RDONLY);
    reach("sys", "/sys", O_RDONLY);
    reach("tmp_of_others", "/var/tmp", O_RDONLY);
    reach("run", "/run", O_RDONLY);
    snprintf(path, sizeof path, "/proc/%s/environ", victim);
    reach("process_outside", path, O_RDONLY);
    reach("memory_of_pid_1", "/proc/1/mem", O_RDWR);
    reach("files_of_pid_1", "/proc/self/../1/fd", O_RDONLY);
    reach("into_pid_1", "/proc/1/made", O_WRONLY | O_CREAT);
    reach("kernel_setting", "/proc/sys/kernel/core_pattern", O_WRONLY);
    reach("sysrq", "/proc/sysrq-trigger", O_WRONLY);
    reach("kernel_memory", "/proc/kcore", O_RDONLY);
    reach("write_usr", "/usr/lib/made", O_WRONLY | O_CREAT);
    reach("write_root", "/made", O_WRONLY | O_CREAT);
    reach("write_dev", "/dev/made", O_WRONLY | O_CREAT);
    reach("write_in", "/in/given", O_RDWR);
    reach("add_to_in", "/in/made", O_WRONLY | O_CREAT);
    reach("terminal", "/dev/tty", O_RDWR);
    reach("disk", "/dev/vda", O_RDONLY);
    reach("zero", "/dev/zero", O_RDWR);
    say("chmod_in", chmod("/in/given", 0777));
    say("link_in_to_out", link("/in/given", "/out/hard"));
    say("link_usr_to_out", link("/usr/bin/env", "/out/hard"));
    say("rename_usr", rename("/usr/bin/env", "/out/env"));
    say("device", mknod("/out/device", S_IFBLK | 0600, makedev(254, 0)));
    reach("write_out", "/out/made", O_WRONLY | O_CREAT);
    printf("processes_in_sight: %d\n", count("/proc", 1));
    printf("devices: %d\n", count("/dev", 0));
    printf("open_files: %d\n", count("/proc/self/fd", 1) - 1);
}

static void self(const char *victim) {
    struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    extern char **environ;
    say("become_root", setuid(0));
    say("more_files", setrlimit(RLIMIT_NOFILE, &more));
    say("core_dumps", setrlimit(RLIMIT_CORE, &more));
    say("signal_outside", kill(atoi(victim), SIGKILL));
    /* The init inside, which is bubblewrap's, takes no signal from its own namespace. */
    kill(1, SIGKILL);
    say("signal_everybody", kill(-1, SIGTERM));
    int found = 0;
    while (environ[found]) found++;
    printf("environment: %d\n", found);
    printf("uid: %d\ngid: %d\n", (int)getuid(), (int)getgid());
}

/* Without the filter: what the namespaces refuse by themselves. */
static void namespaces(const char *victim, int port) {
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    say("connect_loopback", connect(fd, (struct sockaddr *)&there, sizeof there));
    there.sin_addr.s_addr = htonl(0x01010101);
    say("connect_far", connect(fd, (struct sockaddr *)&there, sizeof there));
    say("raw_socket", socket(AF_INET, SOCK_RAW, 1));
    say("mount_proc", syscall(SYS_mount, "proc", "/out", "proc", 0L, 0L));
    say("chroot", chroot("/out"));
    say("set_host_name", sethostname("x", 1));
    say("set_clock", syscall(SYS_settimeofday, (long[]){0, 0}, 0L));
    say("signal_outside", kill(atoi(victim), SIGKILL));
}

int main(int argc, char **argv) {
    if (argc == 4 && !strcmp(argv[1], "filter")) {
        kernel();
        open_files();
        foreign("call_of_32_bits", 0);
        foreign("call_of_x32", 1);
        files(argv[2], argv[3]);
        self(argv[3]);
        return 0;
    }
    if (argc == 4 && !strcmp(argv[1], "namespaces")) {
        namespaces(argv[2], atoi(argv[3]));
        return 0;
    }
    if (argc == 2 && !strcmp(argv[1], "fork")) {
        int made = 0;
        while (made < 10000) {
            pid_t child = fork();
            if (child < 0) break;
            if (child == 0) { pause(); _exit(0); }
            made++;
        }
        printf("made: %d\n", made);
        return 0;
    }
    if (argc == 2 && !strcmp(argv[1], "memory")) {
        int got = 0;
        while (got < 100000 && mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) got++;
        printf("mebibytes: %d\n", got);
        return 0;
    }
    /* Maps much, touches little: memory that is only read is nobody's data, and its tables are. */
    if (argc == 2 && !strcmp(argv[1], "tables")) {
        int got = 0;
        volatile char *at;
        while (got < 1000 && (at = mmap(0, 1 << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) != MAP_FAILED) {
            for (long octet = 0; octet < 1 << 30; octet += 1 << 21) (void)at[octet];
            got++;
        }
        char line[100];
        long kibibytes = -1;
        FILE *status = fopen("/proc/self/status", "r");
        while (fgets(line, sizeof line, status)) sscanf(line, "VmPTE: %ld", &kibibytes);
        printf("gibibytes: %d\ntables: %ld\n", got, kibibytes);
        return 0;
    }
    if (argc == 2 && !strcmp(argv[1], "file")) {
        signal(SIGXFSZ, SIG_IGN);
        int file = open("/out/big", O_WRONLY | O_CREAT, 0600);
        say("fallocate", fallocate(file, 0, 0, 1 << 30));
        say("beyond", fallocate(file, 1, 0, 1 << 20));
        say("truncate", ftruncate(file, 1 << 30));
        static char block[1 << 16];
        long written = 0;
        for (long n; (n = write(file, block, sizeof block)) > 0;) written += n;
        printf("octets: %ld\n", written);
        return 0;
    }
    if (argc == 2 && !strcmp(argv[1], "who")) {
        printf("euid: %d\n", (int)geteuid());
        return 0;
    }
    return 2;
}
