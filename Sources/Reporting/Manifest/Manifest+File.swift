import Foundation
import Measurement

extension Manifest {
    /// Writes it to `directory` as `manifest.json`: indented, keys sorted, times in ISO 8601 (UTC). It appears complete
    /// or not at all.
    package func write(into directory: String) throws(ReportingError) {
        let path = directory + "/" + Self.fileName
        let text = try Self.encoded(self, path: path)
        var file = try OutputFile(path: path)
        try file.append(text + "\n")
        try file.commit()
    }

    /// Reads the manifest of a run's folder.
    package static func read(from directory: String) throws(ReportingError) -> Manifest {
        let path = directory + "/" + fileName
        let bytes = try ReportingError.translating { () throws(SystemCallFailure) in
            let file = try FileDescriptor(opening: path, flags: O_RDONLY)
            return try file.bytes(limit: try file.size())
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            return try decoder.decode(Manifest.self, from: Data(bytes))
        } catch {
            throw .json(path: path, reason: "\(error)")
        }
    }

    /// Sets the sums of the named files of `directory`, so that a later change of one can be seen.
    package mutating func sign(_ names: [String], in directory: String) throws(ReportingError) {
        for name in names { sha256[name] = try SHA256Text.ofFile(directory + "/" + name) }
    }

    /// The names of the files of `directory` whose content is no longer what was signed, sorted.
    ///
    /// - Throws: ``ReportingError/system(_:)`` when one can't be read.
    package func changedFiles(in directory: String) throws(ReportingError) -> [String] {
        var changed: [String] = []
        for (name, sum) in sha256 where try SHA256Text.ofFile(directory + "/" + name) != sum {
            changed.append(name)
        }
        return changed.sorted()
    }

    private static func encoded(_ manifest: Manifest, path: String) throws(ReportingError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        do {
            return String(decoding: try encoder.encode(manifest), as: UTF8.self)
        } catch {
            throw .json(path: path, reason: "\(error)")
        }
    }
}
