"""Letters to citizens: one data object and one file of texts become a page, plain text and a PDF."""
