internal import Tables

/// What a column of an accounts table can be. The raw value is the column's own name in Pulso's tables, and
/// the key under which a configuration maps another column to it.
public enum AccountField: String, Sendable, CaseIterable {
  case id = "account_id"
  case name = "account_name"
  case parentID = "parent_id"
  case arr, currency
  case potentialARR = "potential_arr"
  case plan
  case startDate = "start_date"
  case renewalDate = "renewal_date"
  case noticeServed = "notice_served"
  case employees, industry, region, seats
  case seatsUsed = "seats_used"
  case modulesAvailable = "modules_available"
  case modulesUsed = "modules_used"
  case expansion
  case strategicFit = "strategic_fit"
  case strategicDesignation = "strategic_designation"
  case brand, reference, influence, partnership
  case evidenceDemos = "evidence_demos"
  case evidenceTestimonials = "evidence_testimonials"
  case evidenceCommunity = "evidence_community"
  case complexity
  case relationshipComplexity = "relationship_complexity"
  case productComplexity = "product_complexity"
  case tickets
  case premiumPlan = "premium_plan"
  case purchasedCoverage = "purchased_coverage"
  case onboardingComplete = "onboarding_complete"
  case health
  case healthPrevious = "health_previous"
  case prefersAutonomy = "prefers_autonomy"
  case csm
  case csmHours = "csm_hours"
  case currentTier = "tier_current"
  case lastReview = "last_review"

  /// The names under which Salesforce, HubSpot and Gainsight exports carry the field, best first; compared
  /// without case, spaces, punctuation and Salesforce's `__c`. A customer's own revenue (`AnnualRevenue`) is
  /// no alias of ARR.
  public var aliases: [String] {
    switch self {
    case .id:
      [
        "Account ID", "Id", "Company ID", "Customer ID", "Record ID", "Account Number", "GSID",
        "Company GSID",
        "SFDC Account ID", "Client ID", "Org ID", "Organization ID",
      ]
    case .name: ["Account Name", "Company Name", "Customer Name", "Company", "Customer", "Name"]
    case .parentID: ["Parent Account ID", "Parent Company ID", "Ultimate Parent ID"]
    case .arr:
      [
        "ARR", "Annual Recurring Revenue", "Current ARR", "Account ARR", "Company ARR", "Total ARR", "HS ARR",
        "ARR Amount", "ARR EUR", "ARR USD", "ARR GBP", "Annual Contract Value", "ACV", "MRR x 12",
      ]
    case .currency: ["Currency", "Currency ISO Code", "Currency Code", "Deal Currency Code"]
    case .potentialARR: ["Potential ARR", "ARR Potential", "Expansion ARR", "Whitespace ARR", "Target ARR"]
    case .plan:
      ["Plan", "Plan Name", "Plan Tier", "Subscription Plan", "Product Plan", "Edition", "Is Trial"]
    case .startDate:
      [
        "Start Date", "Customer Since", "Original Contract Date", "Contract Start Date", "Signup Date",
        "Became a Customer Date", "Close Date", "Subscription Start Date",
      ]
    case .renewalDate:
      [
        "Renewal Date", "Next Renewal Date", "Contract End Date", "Contract Renewal Date",
        "Subscription End Date",
      ]
    case .noticeServed: ["Notice Served", "Notice Given", "Cancellation Requested", "Churn Notice"]
    case .employees:
      [
        "Employees", "Number of Employees", "NumberOfEmployees", "No. of Employees", "Employee Count",
        "Headcount",
      ]
    case .industry: ["Industry", "Vertical", "Sector"]
    case .region: ["Region", "Billing Country", "Country/Region", "Country", "Territory"]
    case .seats:
      ["Seats", "Licensed Seats", "Seats Purchased", "Licenses", "Licences", "Licensed Users", "Total Seats"]
    case .seatsUsed:
      ["Seats Used", "Active Users", "Used Licenses", "Used Seats", "Licenses Used", "Active Seats"]
    case .modulesAvailable:
      ["Modules Available", "Products Available", "Features Available", "Product Lines Available"]
    case .modulesUsed:
      ["Modules Used", "Products Owned", "Features Used", "Products Bought", "Product Lines Bought"]
    case .expansion: ["Expansion", "Expansion Potential", "Growth Potential", "Upsell Potential"]
    case .strategicFit: ["Strategic Fit", "Strategic", "Is Strategic", "Strategic Account"]
    case .strategicDesignation: ["Strategic Designation", "Designation"]
    case .brand: ["Brand", "Brand Value", "Logo Value"]
    case .reference: ["Reference", "Referenceable", "Is Reference", "Advocacy"]
    case .influence: ["Influence", "Market Influence"]
    case .partnership: ["Partnership", "Is Partner"]
    case .evidenceDemos: ["Named in Demos"]
    case .evidenceTestimonials: ["Testimonial", "Case Study"]
    case .evidenceCommunity: ["Community Member", "Beta Participant"]
    case .complexity: ["Complexity", "Use Case Complexity"]
    case .relationshipComplexity: ["Relationship Complexity"]
    case .productComplexity: ["Product Complexity"]
    case .tickets:
      ["Tickets", "Open Tickets", "Ticket Count", "Support Tickets", "Tickets 90d", "Number of Tickets"]
    case .premiumPlan: ["Premium Plan", "Premium Success Plan", "Success Plan", "Premium Support"]
    case .purchasedCoverage: ["Purchased Coverage", "Coverage Upgrade"]
    case .onboardingComplete: ["Onboarding Complete", "Onboarding Completed", "Onboarded", "Is Onboarded"]
    case .health:
      ["Health", "Health Score", "Current Score", "Overall Score", "Scorecard", "Customer Health Score"]
    case .healthPrevious:
      ["Health Previous", "Previous Score", "Previous Health Score", "Prior Health Score"]
    case .prefersAutonomy: ["Prefers Autonomy", "Prefers Self Service", "Service Preference"]
    case .csm:
      [
        "CSM", "Customer Success Manager", "CSM Name", "CSM Owner", "Account Owner", "Company Owner",
        "Owner ID",
        "Owner",
      ]
    case .csmHours: ["CSM Hours", "Hours Spent", "CSM Time", "Hours per Quarter"]
    case .currentTier: ["Tier", "Current Tier", "Customer Tier", "Account Tier"]
    case .lastReview: ["Last Review", "Last Tier Review", "Last Review Date", "Last QBR", "Last QBR Date"]
    }
  }

  /// How a header is compared: letters and digits in lower case, without Salesforce's `__c`.
  public static func comparable(_ header: String) -> String {
    let stem = header.hasSuffix("__c") ? header.dropLast(3) : header[...]
    return String(stem.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// The currency that a header such as `ARR EUR`, `arr_usd` or `ARR (€)` states.
  static func currency(inHeader header: String) -> String? {
    let words = header.uppercased().split { !$0.isLetter && !$0.isCurrencySymbol }
    return words.lazy.dropFirst().compactMap { word in
      ["EUR", "USD", "GBP"].contains(word) || word.count == 1 ? Money.currencyCode(String(word)) : nil
    }.first
  }

  /// Whether a header names the customer's own revenue, which CRMs keep beside what the customer pays.
  static func isOwnRevenue(_ header: String) -> Bool {
    ["annualrevenue", "companyannualrevenue", "companyrevenue", "totalrevenue", "totalcompanyrevenue"]
      .contains(comparable(header))
  }
}
