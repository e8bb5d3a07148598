export function Logo() {
  return (
    <span className="brand">
      <img src="/icon.svg" width={30} height={30} alt="" />
      Real Staging
    </span>
  );
}
