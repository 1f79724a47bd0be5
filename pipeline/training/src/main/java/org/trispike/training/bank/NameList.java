package org.trispike.training.bank;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.training.classes.ClassList;

/**
 * Names in the order of their file, each once.
 *
 * @param names with spaces stripped at both ends
 * @param empty lines that hold nothing
 * @param duplicates lines whose name stood before, in this spelling or with underscores for spaces
 */
record NameList(List<String> names, int empty, int duplicates) {
  /** Characters of a name: what is longer is another kind of file. */
  static final int LONGEST = 1000;

  NameList {
    names = List.copyOf(names);
  }

  /**
   * Reads a text file.
   *
   * @throws UserError that names file and line, if it is missing, no UTF-8, or has no names
   */
  static NameList read(Configuration conf, String file) {
    Path path = new Path(file);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                ArtefactFolder.fileSystem(conf, path).open(path),
                StandardCharsets.UTF_8.newDecoder()))) {
      return parse(file, lines);
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA, "There is no file of names " + file + "; nothing was done", e);
    } catch (CharacterCodingException e) {
      throw new UserError(UserError.Kind.DATA, file + " is not UTF-8 text; nothing was done", e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static NameList parse(String file, BufferedReader lines) throws IOException {
    List<String> names = new ArrayList<>();
    Set<String> known = new HashSet<>();
    int number = 0;
    int empty = 0;
    int duplicates = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String name = (number++ == 0 && line.startsWith("\uFEFF") ? line.substring(1) : line).strip();
      if (name.length() > LONGEST) {
        throw UserError.data(
            file
                + ", line "
                + number
                + ": a name of "
                + name.length()
                + " characters, over "
                + LONGEST
                + "; nothing was done");
      }
      if (name.isEmpty()) {
        empty++;
      } else if (known.add(ClassList.key(name))) {
        names.add(name);
      } else {
        duplicates++;
      }
    }
    if (names.isEmpty()) {
      throw UserError.data(file + " holds no names; nothing was done");
    }
    return new NameList(names, empty, duplicates);
  }
}
