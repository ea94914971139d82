package import Foundation

/// The folder of one run: made for it, and refused when it holds anything already.
package struct RunFolder {
    /// Where it is.
    package let path: String
    /// The run's name: its start in UTC, and four random digits.
    package let runID: String
    /// True when there was no such folder before.
    private let isNew: Bool

    /// Makes the folder.
    ///
    /// - Parameter output: the folder itself; `nil` is `results/<run id>`.
    package init(output: String?, now: Date = Date()) throws(HarnessError) {
        let stamp = DateFormatter()
        stamp.locale = Locale(identifier: "en_US_POSIX")
        stamp.timeZone = TimeZone(identifier: "UTC")
        stamp.dateFormat = "yyyyMMdd-HHmmss"
        let random = String(UInt16.random(in: .min ... .max), radix: 16)
        runID = stamp.string(from: now) + "-" + String(repeating: "0", count: 4 - random.count) + random
        path = output ?? "results/\(runID)"
        isNew = !FileManager.default.fileExists(atPath: path)
        try make()
    }

    /// A folder that a run has left; `nil` when there is none.
    package init?(existing path: String) {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else { return nil }
        self.path = path
        isNew = false
        runID = URL(fileURLWithPath: path).lastPathComponent
    }

    /// The paths of the files in it whose names end so, in order.
    func files(endingWith suffix: String) -> [String] {
        // A folder that can't be read has no files to show; writing to it will say why.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(suffix) }.sorted().map { "\(path)/\($0)" }
    }

    /// Removes the folder again if it was made here and holds nothing: what a run that could not begin leaves.
    func removeUnlessUsed() {
        if isNew { unsafe rmdir(path) }
    }

    private func make() throws(HarnessError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard try FileManager.default.contentsOfDirectory(atPath: path).isEmpty else {
                throw HarnessError.usage(
                    "the output folder \(path) is in use: name one that is empty or does not exist")
            }
        } catch let error as HarnessError {
            throw error
        } catch {
            throw .usage("the output folder \(path) cannot be made: \(error.localizedDescription)")
        }
    }
}
