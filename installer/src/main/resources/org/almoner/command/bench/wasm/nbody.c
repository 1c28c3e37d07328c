/* Bodies under their own gravity, leap-frog steps: nbody OUTPUT STEPS */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BODIES = 8 };

static double at[BODIES][3], speed[BODIES][3], mass[BODIES];

static double noise(void) {
  static uint64_t state = 0x9e3779b97f4a7c15;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (double)(state >> 11) / 9007199254740992.0 - 0.5;
}

static void step(double dt) {
  for (int i = 0; i < BODIES; i++) {
    for (int j = i + 1; j < BODIES; j++) {
      double d[3], square = 0.01; /* softened: bodies may pass through each other */
      for (int k = 0; k < 3; k++) {
        d[k] = at[i][k] - at[j][k];
        square += d[k] * d[k];
      }
      double pull = dt / (square * sqrt(square));
      for (int k = 0; k < 3; k++) {
        speed[i][k] -= d[k] * mass[j] * pull;
        speed[j][k] += d[k] * mass[i] * pull;
      }
    }
  }
  for (int i = 0; i < BODIES; i++) {
    for (int k = 0; k < 3; k++) {
      at[i][k] += dt * speed[i][k];
    }
  }
}

static double energy(void) {
  double sum = 0;
  for (int i = 0; i < BODIES; i++) {
    for (int k = 0; k < 3; k++) {
      sum += 0.5 * mass[i] * speed[i][k] * speed[i][k];
    }
    for (int j = i + 1; j < BODIES; j++) {
      double square = 0.01;
      for (int k = 0; k < 3; k++) {
        square += (at[i][k] - at[j][k]) * (at[i][k] - at[j][k]);
      }
      sum -= mass[i] * mass[j] / sqrt(square);
    }
  }
  return sum;
}

int main(int argc, char **argv) {
  long steps = argc == 3 ? atol(argv[2]) : 0;
  if (steps < 1) {
    return 2;
  }
  for (int i = 0; i < BODIES; i++) {
    mass[i] = 1 + noise();
    for (int k = 0; k < 3; k++) {
      at[i][k] = 4 * noise();
      speed[i][k] = noise();
    }
  }
  double before = energy();
  for (long i = 0; i < steps; i++) {
    step(0.0005);
  }
  double after = energy();
  uint64_t bits[2];
  memcpy(&bits[0], &before, sizeof before);
  memcpy(&bits[1], &after, sizeof after);
  FILE *out = fopen(argv[1], "w");
  if (!out) {
    return 3;
  }
  fprintf(out, "%ld %016llx %016llx\n", steps, (unsigned long long)bits[0], (unsigned long long)bits[1]);
  return fclose(out) ? 3 : 0;
}
