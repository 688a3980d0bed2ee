/** What is missing before the server need be asked, by field; the server has the last word on everything else. */
export function checkSignIn(email: string, password: string): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!/^\S+@\S+\.\S+$/.test(email.trim())) {
    problems["email"] = "Write the e-mail address you sign in with, like name@clinic.example.";
  }
  if (password === "") problems["password"] = "Write your password.";
  return problems;
}
