import Glibc

/// Prints a line at once, also where the output is a pipe: what takes hours says how far it is.
package func tell(_ line: String) {
    print(line)
    fflush(nil)
}
