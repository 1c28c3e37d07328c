/*
 * Finds where short reads lie on a genome: the best local alignment of each, by Smith and Waterman's method.
 *
 *   align GENOME READS         a FASTA file of one sequence, at most 131072 bases;
 *                              a FASTQ file of at most 64 records of four lines, reads of at most 120 bases
 *
 * Every read is compared with every position of the genome, on both strands: nothing is indexed, guessed or skipped.
 * Score: 1 for a match, -2 for a mismatch, -1 where the read or the genome has no A, C, G or T, -2 for each base of a
 * gap. Of equally good alignments the forward strand wins, then the one that ends first on the genome, then the one that
 * ends first on the read; going back from there a gap goes on as long as it may, else a base is aligned with a base (M)
 * if that may be, else bases of the genome are left out (D), else bases of the read (I). A read whose best score is below
 * 22 counts as not found. Qualities are not used.
 *
 * Two files come out:
 *
 *   /out/alignments.sam        SAM 1.6: one line for each read, in the order of READS, its score as AS:i:
 *   /out/coverage.bedgraph     bedGraph: runs of positions that have a base of some read aligned to them, and how many;
 *                              from 0, without their end; runs of none are left out
 *
 * Exit: 0 done, 1 a file could not be read or written, 2 wrong arguments or a file of another shape.
 *
 * No stdio, no allocation, no floating point: the same instructions run wherever the module runs.
 */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { GENOME_MAX = 131072, GENOME_FILE_MAX = 2 * GENOME_MAX, READS_MAX = 64, LENGTH_MAX = 120, NAME_MAX = 60 };
enum { READS_FILE_MAX = READS_MAX * (2 * LENGTH_MAX + 2 * NAME_MAX + 8), BUFFER = 4096 };
enum { MATCH = 1, MISMATCH = 2, UNKNOWN = 1, GAP = 2, SCORE_MIN = 22 };
enum { A, C, G, T, N, LETTERS };

/* Eight reads are compared at once, one in each octet of a word. */
enum { LANES = 8 };

/*
 * No score in a lane passes 127, so the top bit of each octet is free: set before a subtraction, it tells afterwards
 * whether the lane would have gone below zero, and keeps it from borrowing from its neighbour.
 */
_Static_assert(LENGTH_MAX * MATCH + MATCH + MISMATCH <= 127, "a lane holds seven bits");

/* So that one subtraction serves the diagonal step and the gaps. */
_Static_assert(MISMATCH == GAP, "a mismatch costs what a gap of one base costs");

static const uint64_t TOP = UINT64_C(0x8080808080808080);
static const uint64_t ONES = UINT64_C(0x0101010101010101);

/* An alignment can lose at most what its matches gave, so its stretch of the genome is shorter than this. */
enum { WINDOW_MAX = LENGTH_MAX + LENGTH_MAX * MATCH / GAP };

struct read {
  const char *name;
  int name_length;
  int length;
  uint8_t bases[2][LENGTH_MAX]; /* as given, and reverse-complemented */
};

/* The last cell of a best alignment; end and last count from 1, score 0 means none. */
struct best {
  int score, strand, end, last;
};

struct sink {
  int fd;
  int failed;
  size_t used;
  char bytes[BUFFER];
};

static char genome_file[GENOME_FILE_MAX + 1], reads_file[READS_FILE_MAX + 1];
static const char *genome_name;
static int genome_name_length;
static uint8_t genome[GENOME_MAX];
static int genome_length;
static struct read reads[READS_MAX];
static int read_count;
static int by_length[READS_MAX];
static struct best bests[READS_MAX];
static uint64_t profile[LETTERS][LENGTH_MAX], column[LENGTH_MAX];
static int16_t cells[WINDOW_MAX + 1][LENGTH_MAX + 1];
static char steps[WINDOW_MAX + LENGTH_MAX];
static int32_t depth[GENOME_MAX];
static struct sink alignments, coverage;

static void flush(struct sink *sink) {
  size_t done = 0;
  while (done < sink->used && !sink->failed) {
    ssize_t n = write(sink->fd, sink->bytes + done, sink->used - done);
    if (n <= 0) {
      sink->failed = 1;
    } else {
      done += (size_t)n;
    }
  }
  sink->used = 0;
}

static void put(struct sink *sink, char c) {
  if (sink->used == BUFFER) {
    flush(sink);
  }
  sink->bytes[sink->used++] = c;
}

static void put_text(struct sink *sink, const char *text, int length) {
  for (int i = 0; i < length; i++) {
    put(sink, text[i]);
  }
}

static void put_string(struct sink *sink, const char *text) { put_text(sink, text, (int)strlen(text)); }

static void put_decimal(struct sink *sink, int n) {
  char digits[10];
  int count = 0;
  do {
    digits[count++] = (char)('0' + n % 10);
    n /= 10;
  } while (n != 0);
  while (count > 0) {
    put(sink, digits[--count]);
  }
}

/* The whole file, ended by a zero; -1 when it cannot be read or is longer than most. */
static int slurp(const char *path, char *into, int most) {
  int fd = open(path, O_RDONLY), length = 0;
  if (fd < 0) {
    return -1;
  }
  for (;;) {
    ssize_t n = read(fd, into + length, (size_t)(most + 1 - length));
    if (n < 0 || length + n > most) {
      close(fd);
      return -1;
    }
    if (n == 0) {
      close(fd);
      into[length] = '\0';
      return length;
    }
    length += (int)n;
  }
}

static int letter(char c) {
  switch (c) {
    case 'A': case 'a': return A;
    case 'C': case 'c': return C;
    case 'G': case 'g': return G;
    case 'T': case 't': return T;
    default: return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ? N : -1;
  }
}

static int line_length(const char *line) { return (int)strcspn(line, "\n"); }

static const char *next_line(const char *line) {
  line += line_length(line);
  return *line == '\n' ? line + 1 : line;
}

/* The name after the first character of a line: up to a blank, at least one character; 0 when there is none that fits. */
static int name_length(const char *line) {
  int n = (int)strcspn(line + 1, " \t\r\n");
  return n <= NAME_MAX ? n : 0;
}

static int parse_genome(void) {
  const char *line = genome_file;
  genome_name = line + 1;
  genome_name_length = name_length(line);
  if (*line != '>' || genome_name_length == 0) {
    return 0;
  }
  for (line = next_line(line); *line != '\0'; line = next_line(line)) {
    for (int i = 0, n = line_length(line); i < n; i++) {
      int base = letter(line[i]);
      if (base < 0 || genome_length == GENOME_MAX) {
        return 0;
      }
      genome[genome_length++] = (uint8_t)base;
    }
  }
  return genome_length > 0;
}

static int parse_read(struct read *read, const char *name, const char *bases) {
  read->name = name + 1;
  read->name_length = name_length(name);
  read->length = line_length(bases);
  if (*name != '@' || read->name_length == 0 || read->length == 0 || read->length > LENGTH_MAX) {
    return 0;
  }
  for (int i = 0; i < read->length; i++) {
    int base = letter(bases[i]);
    if (base < 0) {
      return 0;
    }
    read->bases[0][i] = (uint8_t)base;
    read->bases[1][read->length - 1 - i] = (uint8_t)(base == N ? N : T - base);
  }
  return 1;
}

static int parse_reads(void) {
  const char *line = reads_file;
  while (*line != '\0') {
    const char *bases = next_line(line), *plus = next_line(bases), *qualities = next_line(plus);
    if (read_count == READS_MAX || !parse_read(&reads[read_count], line, bases) || *plus != '+' ||
        line_length(qualities) != reads[read_count].length) {
      return 0;
    }
    read_count++;
    line = next_line(qualities);
  }
  return read_count > 0;
}

/* Reads that are compared at once take as long as the longest of them: those of like length go together. */
static void sort_by_length(void) {
  for (int i = 0; i < read_count; i++) {
    int at = i;
    for (; at > 0 && reads[by_length[at - 1]].length < reads[i].length; at--) {
      by_length[at] = by_length[at - 1];
    }
    by_length[at] = i;
  }
}

/* 127 in each lane whose top bit is set, 0 in the others. */
static inline uint64_t lanes_of(uint64_t tops) { return tops - (tops >> 7); }

/* a - b in each lane, 0 where that is negative. */
static inline uint64_t less(uint64_t a, uint64_t b) {
  uint64_t difference = (a | TOP) - b;
  return difference & lanes_of(difference & TOP);
}

static inline uint64_t larger(uint64_t a, uint64_t b) { return less(a, b) + b; }

static int score_of(int a, int b) { return a == N || b == N ? -UNKNOWN : a == b ? MATCH : -MISMATCH; }

/* What a diagonal step adds, MISMATCH more than it is worth, so that no lane of the profile is negative. */
static int fill_profile(int first, int lanes, int strand) {
  int rows = 0;
  memset(profile, 0, sizeof profile);
  for (int lane = 0; lane < lanes; lane++) {
    const struct read *read = &reads[by_length[first + lane]];
    rows = read->length > rows ? read->length : rows;
    for (int base = 0; base < LETTERS; base++) {
      for (int row = 0; row < read->length; row++) {
        uint64_t worth = (uint64_t)(score_of(base, read->bases[strand][row]) + MISMATCH);
        profile[base][row] |= worth << (8 * lane);
      }
    }
  }
  return rows;
}

/* The lanes of this column that are better than all before: seldom any. */
static uint64_t note(uint64_t best, int first, int lanes, int strand, int end, int rows) {
  for (int lane = 0; lane < lanes; lane++) {
    int known = (int)(best >> (8 * lane) & 127), now = known;
    for (int row = 0; row < rows; row++) {
      int score = (int)(column[row] >> (8 * lane) & 127);
      if (score > now) {
        now = score;
        bests[by_length[first + lane]] = (struct best){score, strand, end, row + 1};
      }
    }
    best += (uint64_t)(now - known) << (8 * lane);
  }
  return best;
}

/* Compares lanes reads, from first on by length, with the whole genome; column holds the scores of one base of it. */
static void compare(int first, int lanes, int strand) {
  int rows = fill_profile(first, lanes, strand);
  uint64_t best = 0;
  for (int lane = 0; lane < lanes; lane++) {
    best |= (uint64_t)bests[by_length[first + lane]].score << (8 * lane);
  }
  memset(column, 0, sizeof column);
  for (int end = 0; end < genome_length; end++) {
    const uint64_t *worth = profile[genome[end]];
    uint64_t corner = 0, above = 0, better = 0, wanted = best + ONES;
    for (int row = 0; row < rows; row++) {
      uint64_t left = column[row];
      above = less(larger(larger(left, corner + worth[row]), above), GAP * ONES);
      better |= (above | TOP) - wanted;
      column[row] = above;
      corner = left;
    }
    if ((better & TOP) != 0) {
      best = note(best, first, lanes, strand, end + 1, rows);
    }
  }
}

/* The steps of the best alignment, last first, into steps; and where it starts, from 0. */
static int trace(const struct read *read, const struct best *best, int *start, int *row) {
  const uint8_t *bases = read->bases[best->strand];
  int from = best->end > WINDOW_MAX ? best->end - WINDOW_MAX : 0;
  int width = best->end - from, count = 0;
  memset(cells, 0, sizeof cells);
  for (int i = 1; i <= width; i++) {
    for (int j = 1; j <= best->last; j++) {
      int score = cells[i - 1][j - 1] + score_of(genome[from + i - 1], bases[j - 1]);
      int deleted = cells[i - 1][j] - GAP, inserted = cells[i][j - 1] - GAP;
      score = deleted > score ? deleted : score;
      score = inserted > score ? inserted : score;
      cells[i][j] = (int16_t)(score > 0 ? score : 0);
    }
  }
  int i = width, j = best->last;
  char step = 'M';
  while (cells[i][j] > 0) {
    int aligned = cells[i][j] == cells[i - 1][j - 1] + score_of(genome[from + i - 1], bases[j - 1]);
    int deleted = cells[i][j] == cells[i - 1][j] - GAP, inserted = cells[i][j] == cells[i][j - 1] - GAP;
    if (!(step == 'D' && deleted) && !(step == 'I' && inserted)) {
      step = aligned ? 'M' : deleted ? 'D' : 'I';
    }
    steps[count++] = step;
    i -= step != 'I';
    j -= step != 'D';
    if (step == 'M') {
      depth[from + i]++;
    }
  }
  *start = from + i;
  *row = j;
  return count;
}

static void put_run(int length, char step) {
  if (length > 0) {
    put_decimal(&alignments, length);
    put(&alignments, step);
  }
}

static void put_place(const struct read *read, const struct best *best) {
  int start, row, run = 1, count = trace(read, best, &start, &row);
  put_string(&alignments, best->strand == 0 ? "\t0\t" : "\t16\t");
  put_text(&alignments, genome_name, genome_name_length);
  put(&alignments, '\t');
  put_decimal(&alignments, start + 1);
  put_string(&alignments, "\t255\t"); /* 255: no mapping quality is stated */
  put_run(row, 'S');
  while (count > 0) {
    char step = steps[--count];
    if (count == 0 || steps[count - 1] != step) {
      put_run(run, step);
      run = 0;
    }
    run++;
  }
  put_run(read->length - best->last, 'S');
}

static void put_alignment(const struct read *read, const struct best *best) {
  int found = best->score >= SCORE_MIN;
  put_text(&alignments, read->name, read->name_length);
  if (found) {
    put_place(read, best);
  } else {
    put_string(&alignments, "\t4\t*\t0\t0\t*");
  }
  put_string(&alignments, "\t*\t0\t0\t");
  for (int i = 0; i < read->length; i++) {
    put(&alignments, "ACGTN"[read->bases[found ? best->strand : 0][i]]);
  }
  put_string(&alignments, "\t*");
  if (found) {
    put_string(&alignments, "\tAS:i:");
    put_decimal(&alignments, best->score);
  }
  put(&alignments, '\n');
}

static void put_alignments(void) {
  put_string(&alignments, "@HD\tVN:1.6\n@SQ\tSN:");
  put_text(&alignments, genome_name, genome_name_length);
  put_string(&alignments, "\tLN:");
  put_decimal(&alignments, genome_length);
  put(&alignments, '\n');
  for (int i = 0; i < read_count; i++) {
    put_alignment(&reads[i], &bests[i]);
  }
}

static void put_coverage(void) {
  for (int start = 0, end; start < genome_length; start = end) {
    for (end = start + 1; end < genome_length && depth[end] == depth[start]; end++) {
    }
    if (depth[start] > 0) {
      put_text(&coverage, genome_name, genome_name_length);
      put(&coverage, '\t');
      put_decimal(&coverage, start);
      put(&coverage, '\t');
      put_decimal(&coverage, end);
      put(&coverage, '\t');
      put_decimal(&coverage, depth[start]);
      put(&coverage, '\n');
    }
  }
}

static void create(struct sink *sink, const char *path) {
  sink->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  sink->failed = sink->fd < 0;
}

static int finish(struct sink *sink) {
  flush(sink);
  return !sink->failed && close(sink->fd) == 0;
}

static int complain(int code, const char *sentence) {
  (void)!write(STDERR_FILENO, sentence, strlen(sentence));
  return code;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    return complain(2, "align wants GENOME READS, a FASTA file and a FASTQ file\n");
  }
  if (slurp(argv[1], genome_file, GENOME_FILE_MAX) < 0) {
    return complain(1, "align could not read GENOME, or it is longer than 262144 octets\n");
  }
  if (slurp(argv[2], reads_file, READS_FILE_MAX) < 0) {
    return complain(1, "align could not read READS, or it is longer than 23552 octets\n");
  }
  if (!parse_genome()) {
    return complain(2, "align wants GENOME to be one FASTA sequence of 1 to 131072 letters\n");
  }
  if (!parse_reads()) {
    return complain(2, "align wants READS to be 1 to 64 FASTQ records of four lines, reads of 1 to 120 letters\n");
  }
  sort_by_length();
  for (int first = 0; first < read_count; first += LANES) {
    int lanes = read_count - first < LANES ? read_count - first : LANES;
    compare(first, lanes, 0);
    compare(first, lanes, 1);
  }
  create(&alignments, "/out/alignments.sam");
  create(&coverage, "/out/coverage.bedgraph");
  put_alignments();
  put_coverage();
  int written = finish(&alignments);
  written &= finish(&coverage);
  return written ? 0 : complain(1, "align could not write its results to /out\n");
}
