package org.almoner.workload.spec;

import java.util.Optional;

/**
 * Looks at the files that a workload file names, while it is read: so that a missing file is told
 * together with all else that is wrong.
 */
public interface NamedFiles {
  /** Finds nothing wrong, because it does not look. */
  NamedFiles NOT_LOOKED_AT =
      new NamedFiles() {
        @Override
        public Optional<String> fault(FilePath file) {
          return Optional.empty();
        }

        @Override
        public Optional<String> fault(FilePattern pattern) {
          return Optional.empty();
        }
      };

  /** Why the file cannot be used, in one sentence; empty when it is there. */
  Optional<String> fault(FilePath file);

  /** Why the pattern's files cannot be used, in one sentence; empty when some fit. */
  Optional<String> fault(FilePattern pattern);
}
