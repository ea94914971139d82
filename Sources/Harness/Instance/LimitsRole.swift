import Foundation
package import InstanceLimits
package import Reporting

/// The instance types, as `fibq limits` shows them.
package struct LimitsRole: Sendable {
    /// The types that are known.
    package let catalogue: InstanceCatalogue

    /// The types that come with the program, and those of a user's file.
    ///
    /// - Throws: ``HarnessError/catalogue(_:)`` for a file that is none, ``HarnessError/usage(_:)`` for one that can't be read.
    package init(adding path: String? = nil) throws(HarnessError) {
        var catalogue = InstanceCatalogue.builtIn
        if let path {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw .usage("the catalogue \(path) cannot be read")
            }
            do throws(CatalogueError) {
                catalogue.add(try InstanceCatalogue(yaml: text, file: path))
            } catch {
                throw .catalogue(error)
            }
        }
        self.catalogue = catalogue
    }

    /// All types.
    package var table: InstanceTable { InstanceTable(rows: catalogue.types.map(InstanceTable.Row.init)) }
}

extension InstanceTable.Row {
    fileprivate init(_ type: InstanceType) {
        self.init(
            name: type.name, processors: type.processors, memoryGiB: type.memoryGiB,
            credits: type.credits.map(InstanceTable.Credits.init), networkGbps: type.networkGbps,
            usdPerHour: type.usdPerHour, source: "\(type.source), \(type.date)")
    }
}

extension InstanceTable.Credits {
    fileprivate init(_ terms: CreditTerms) {
        func minutes(_ start: CreditAccount.Start) -> Double {
            // What comes in is less than a full use takes, unless the baseline is everything: then it lasts for ever.
            CreditAccount(terms, start).minutes(atUse: Double(terms.processors)) ?? .infinity
        }
        self.init(
            baselineProcessors: terms.baselineProcessors, perHour: terms.perHour, maximum: terms.maximum,
            launch: terms.launch, minutes: (minutes(.launch), minutes(.full)), mode: terms.mode.rawValue)
    }
}
