import Foundation

/// A folder of its own for one test, removed with all that it holds when the test lets go of it.
package final class TemporaryFolder {
    /// Where it is.
    package let path: String

    /// Makes the folder, with a short name: it may hold unix sockets, whose paths have few bytes.
    package init() throws {
        let name = "fibq-test-\(UUID().uuidString.prefix(8))"
        let url = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("could not remove \(path): \(error)")
        }
    }

    /// The path of `name` in it.
    package func path(of name: String) -> String { "\(path)/\(name)" }

    /// Writes a file into it, and answers its path.
    package func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: path(of: name), atomically: false, encoding: .utf8)
        return path(of: name)
    }
}
