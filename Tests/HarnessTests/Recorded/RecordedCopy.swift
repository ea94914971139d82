import Foundation
import Reporting
import TestSupport

/// A copy of a committed folder of results, to be changed.
final class RecordedCopy {
    /// The folder of all results of the repository.
    static let results: String = {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appending(path: "results").path
    }()

    private let temporary: TemporaryFolder
    /// Where the copy is.
    let path: String

    /// Copies a folder of `results/`.
    init(of name: String) throws {
        temporary = try TemporaryFolder()
        path = temporary.path(of: (name as NSString).lastPathComponent)
        try FileManager.default.copyItem(atPath: "\(Self.results)/\(name)", toPath: path)
    }

    /// Changes a file.
    func edit(_ name: String, _ change: (String) -> String) throws {
        let file = "\(path)/\(name)"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try change(text).write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// Changes the field in a row, counted from 1, and a column of a table, and signs the file anew.
    func set(_ column: String, of row: Int = 1, in name: String, to value: String) throws {
        try edit(name) { text in
            var lines = text.components(separatedBy: "\n")
            let place = lines[0].components(separatedBy: ",").firstIndex(of: column) ?? 0
            var fields = lines[row].components(separatedBy: ",")
            fields[place] = value
            lines[row] = fields.joined(separator: ",")
            return lines.joined(separator: "\n")
        }
        try sign(name)
    }

    /// Writes the present sum of a file into the manifest of its folder.
    func sign(_ name: String) throws {
        let file = "\(path)/\(name)" as NSString
        var manifest = try Manifest.read(from: file.deletingLastPathComponent)
        try manifest.sign([file.lastPathComponent], in: file.deletingLastPathComponent)
        try manifest.write(into: file.deletingLastPathComponent)
    }

    /// Removes a file or a folder.
    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }
}
